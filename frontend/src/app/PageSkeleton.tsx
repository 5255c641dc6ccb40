import { useTranslation } from "react-i18next";

/** Looks like what `index.html` shows for a page that it does not know. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status" aria-label={t("loading")}>
      <span className="blank line" />
      <span className="blank list" />
    </div>
  );
}
