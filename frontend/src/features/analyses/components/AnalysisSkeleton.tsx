import { useTranslation } from "react-i18next";

export function AnalysisSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="analysis" role="status" aria-label={t("loading")}>
      <span className="skeleton page-placeholder" />
      <span className="skeleton page-placeholder" />
    </div>
  );
}
