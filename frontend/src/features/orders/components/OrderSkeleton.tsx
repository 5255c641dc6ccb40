import { useTranslation } from "react-i18next";

export function OrderSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack loose" role="status" aria-label={t("loading")}>
      <span className="skeleton line" />
      <div className="order-columns">
        <span className="skeleton list" />
        <span className="skeleton list" />
      </div>
    </div>
  );
}
