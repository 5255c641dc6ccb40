import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";

/** The placeholder of a page whose code is loading. It looks like the one in `app.html` for unknown pages. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack spacing={2} role="status" aria-label={t("loading")}>
      <Skeleton height={40} width={420} sx={{ maxWidth: "100%" }} />
      <Skeleton height={300} />
    </Stack>
  );
}
