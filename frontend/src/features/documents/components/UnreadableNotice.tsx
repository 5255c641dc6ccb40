import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

/** Says that a dropped folder could not be opened. */
export function UnreadableNotice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { t: tCommon } = useTranslation();
  return (
    <Notice
      severity="error"
      action={
        <Button size="small" color="neutral" onClick={onClose}>
          {tCommon("close")}
        </Button>
      }
    >
      {t("documents.folderUnreadable")}
    </Notice>
  );
}
