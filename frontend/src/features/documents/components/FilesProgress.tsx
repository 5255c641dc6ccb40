import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Button } from "@/components/Button";
import { StackedProgress } from "@/components/StackedProgress";
import { formatNumber } from "@/lib/format";
import { isRunning, selectUploads } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import type { FileCounts } from "../useDocumentRows";

/** The progress of all files of an order together: uploaded, read, unreadable. Shown until all of several are read. */
export function FilesProgress({ orderId, counts }: { orderId: string; counts: FileCounts }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const uploads = useSelector(selectUploads);
  const runningCount = Object.values(uploads).filter(
    (upload) => upload.orderId === orderId && isRunning(upload),
  ).length;
  const { total, uploaded, read, unreadable } = counts;
  const finished = read + unreadable;
  if (total === 0 || (finished >= total && total === 1)) return null;

  const parts = [
    uploaded < total && t("progress.uploaded", { number: formatNumber(Math.floor(uploaded)) }),
    t("progress.read", { number: formatNumber(read) }),
    unreadable > 0 && t("progress.unreadable", { number: formatNumber(unreadable) }),
  ].filter((part) => part !== false);
  const summary = `${t("progress.files", { count: total })}: ${parts.join(" · ")}`;
  return (
    <div className="stack tight">
      <div className="row between">
        <span className="small">{summary}</span>
        {runningCount > 1 && (
          <Button size="small" color="neutral" onClick={() => uploader.stop(orderId)}>
            {t("progress.stop")}
          </Button>
        )}
      </div>
      {finished < total && (
        <StackedProgress
          label={t("progress.label")}
          text={summary}
          total={total}
          parts={[
            { color: "success", amount: read },
            { color: "error", amount: unreadable },
            { color: "primary", amount: Math.max(0, uploaded - finished) },
          ]}
        />
      )}
    </div>
  );
}
