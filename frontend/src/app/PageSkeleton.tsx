import { useTranslation } from "react-i18next";

/** The placeholder of a page whose code is loading. It looks like the one in `index.html` for unknown pages. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status" aria-label={t("loading")}>
      <span className="skeleton line" />
      <span className="skeleton list" />
    </div>
  );
}
