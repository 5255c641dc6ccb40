import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Columns } from "@/components/Columns";

export function OrderSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack spacing={3} role="status" aria-label={t("loading")}>
      <Skeleton height={40} width={420} sx={{ maxWidth: "100%" }} />
      <Columns first={1.7}>
        <Skeleton height={300} />
        <Skeleton height={300} />
      </Columns>
    </Stack>
  );
}
