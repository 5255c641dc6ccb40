import { useTranslation } from "react-i18next";

export function OrderListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="card orders" role="status" aria-label={t("loading")}>
      {[0, 1, 2, 3].map((line) => (
        <div className="order-skeleton" key={line}>
          <span className="skeleton text-line" />
          <span className="skeleton text-line short" />
        </div>
      ))}
    </div>
  );
}
