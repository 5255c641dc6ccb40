import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { useOnline } from "@/lib/useOnline";

export function OfflineBanner() {
  const { t } = useTranslation();
  const online = useOnline();
  return online ? null : (
    <Box sx={{ mb: 2.5 }}>
      <Notice severity="warning">{t("offline.banner")}</Notice>
    </Box>
  );
}
