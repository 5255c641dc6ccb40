import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import type { UnsavedQuestion } from "@/lib/unsavedInput";

/** Asks whether what was typed may be lost. Escape keeps it. */
export default function UnsavedDialog({ question: { cancel, discard } }: { question: UnsavedQuestion }) {
  const { t } = useTranslation();
  return (
    <Modal
      title={t("unsaved.title")}
      onClose={cancel}
      actions={
        <>
          <Button color="neutral" onClick={discard}>
            {t("unsaved.discard")}
          </Button>
          <Button variant="contained" onClick={cancel} autoFocus>
            {t("unsaved.keep")}
          </Button>
        </>
      }
    >
      <Typography>{t("unsaved.text")}</Typography>
    </Modal>
  );
}
