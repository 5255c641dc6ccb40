import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Progress } from "@/components/Progress";
import { formatBytes } from "@/lib/format";
import { useOnline } from "@/lib/useOnline";
import { LIMITS } from "../uploads/fileRules";
import { isGoing, type Upload } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import { FileTypeIcon } from "./FileTypeIcon";

/** A file on its way: how far, how fast, or why not, and what can be done about it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t, i18n } = useTranslation("orders");
  const uploader = useUploader();
  const online = useOnline();
  const { id, name, size, sent, speed, status, reason } = upload;
  const running = isGoing(upload);
  const why = reason && i18n.exists(`orders:uploads.why.${reason}`) ? reason : "unexpected";

  return (
    <li className="document">
      <FileTypeIcon filename={name} />
      <div className="stack tight">
        <span className="wrap">{name}</span>
        <span className={`small ${status === "failed" || status === "refused" ? "text-error" : "muted"}`}>
          {status === "failed" || status === "refused"
            ? t(`uploads.why.${why}` as "uploads.why.unexpected", LIMITS)
            : status === "sending"
              ? t("uploads.sending", {
                  sent: formatBytes(sent),
                  size: formatBytes(size),
                  speed: formatBytes(speed),
                })
              : status === "retrying"
                ? t(online ? "uploads.retrying" : "uploads.offline")
                : t(`uploads.${status}`)}
        </span>
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
        <Progress label={name} done={status === "sending" ? sent / size : undefined} />
      )}
    </li>
  );
}
