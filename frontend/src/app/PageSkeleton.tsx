import Skeleton from "@mui/material/Skeleton";
import { useTranslation } from "react-i18next";

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status" aria-label={t("loading")}>
      <Skeleton variant="text" width="40%" height={44} />
      <Skeleton variant="rounded" height={220} />
    </div>
  );
}
