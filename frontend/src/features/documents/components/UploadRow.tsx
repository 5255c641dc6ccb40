import Typography from "@mui/material/Typography";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { formatBytes } from "@/lib/format";
import { useOnline } from "@/lib/useOnline";
import { isRunning, type Upload } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import { useUploadReason } from "../useUploadReason";
import { FileRow } from "./FileRow";

interface Props {
  upload: Upload;
  /** Null: the row cannot be chosen. */
  isChosen: boolean | null;
  onToggle: (key: string) => void;
}

/** An upload: how far it is and how fast, or why it failed, and the buttons for it. */
export const UploadRow = memo(function UploadRow({ upload, isChosen, onToggle }: Props) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const statusText = useUploadStatusText(upload);
  const { id, name, status } = upload;
  const running = isRunning(upload);
  const failed = status === "failed" || status === "refused";

  return (
    <FileRow
      filename={name}
      choice={
        isChosen === null ? null : { isChosen, onToggle: () => onToggle(upload.documentId ?? upload.id) }
      }
      lines={
        <Typography variant="body2" component="span" color={failed ? "error" : "textSecondary"}>
          {statusText}
        </Typography>
      }
      actions={
        <>
          {running && (
            <Button
              size="small"
              onClick={() => uploader.cancel(id)}
              aria-label={t("uploads.cancelName", { name })}
            >
              {t("uploads.cancel")}
            </Button>
          )}
          {(status === "failed" || status === "cancelled") && (
            <Button
              size="small"
              onClick={() => uploader.retry(id)}
              aria-label={t("uploads.retryName", { name })}
            >
              {t("uploads.retry")}
            </Button>
          )}
          {!running && status !== "sent" && (
            <Button
              size="small"
              color="neutral"
              onClick={() => uploader.dismiss(id)}
              aria-label={t("uploads.dismissName", { name })}
            >
              {t("uploads.dismiss")}
            </Button>
          )}
        </>
      }
    />
  );
});

function useUploadStatusText(upload: Upload): string {
  const { t } = useTranslation("orders");
  const online = useOnline();
  const reasonOf = useUploadReason();
  const { status, sent, size, speed } = upload;
  if (status === "failed" || status === "refused") return reasonOf(upload);
  if (status === "sending") {
    return t("uploads.sending", {
      sent: formatBytes(sent),
      size: formatBytes(size),
      speed: formatBytes(speed),
    });
  }
  if (status === "retrying") return t(online ? "uploads.retrying" : "uploads.offline");
  return t(`uploads.${status}`);
}
