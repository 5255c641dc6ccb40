import Skeleton from "@mui/material/Skeleton";
import { useTranslation } from "react-i18next";
import { Columns } from "@/components/Columns";

export function AnalysisSkeleton() {
  const { t } = useTranslation();
  return (
    <Columns role="status" aria-label={t("loading")}>
      <Skeleton height={420} />
      <Skeleton height={420} />
    </Columns>
  );
}
