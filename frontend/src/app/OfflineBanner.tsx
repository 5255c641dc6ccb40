import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { useOnline } from "@/lib/useOnline";

export function OfflineBanner() {
  const { t } = useTranslation();
  const online = useOnline();
  return online ? null : (
    <div className="offline">
      <Notice severity="warning">{t("offline.banner")}</Notice>
    </div>
  );
}
