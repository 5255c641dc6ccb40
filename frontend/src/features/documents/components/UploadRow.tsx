import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Progress } from "@/components/Progress";
import { formatBytes } from "@/lib/format";
import { useOnline } from "@/lib/useOnline";
import { LIMITS } from "../uploads/fileRules";
import { isRunning, type Upload } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import { FileTypeIcon } from "./FileTypeIcon";

/** An upload: its progress and speed, or the reason why it failed, and the buttons for it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const statusText = useUploadStatusText(upload);
  const { id, name, size, sent, status } = upload;
  const running = isRunning(upload);
  const failed = status === "failed" || status === "refused";

  return (
    <li className="document">
      <FileTypeIcon filename={name} />
      <div className="stack tight">
        <span className="wrap">{name}</span>
        <span className={`small ${failed ? "text-error" : "muted"}`}>{statusText}</span>
      </div>
      <div className="row actions">
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
      </div>
      {(running || status === "sent") && (
        <Progress label={name} value={status === "sending" ? sent / size : undefined} />
      )}
    </li>
  );
}

function useUploadStatusText({ status, reason, sent, size, speed }: Upload): string {
  const { t, i18n } = useTranslation("orders");
  const online = useOnline();
  if (status === "failed" || status === "refused") {
    const known = reason && i18n.exists(`orders:uploads.reasons.${reason}`) ? reason : "unexpected";
    return t(`uploads.reasons.${known}` as "uploads.reasons.unexpected", LIMITS);
  }
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
