import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { StackedProgress } from "@/components/StackedProgress";
import { formatMinutes, formatNumber } from "@/lib/format";
import { isRunning, type Upload } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import type { FileCounts } from "../useDocumentRows";
import { useMinutesLeft } from "../useMinutesLeft";
import { useProgressAnnouncement } from "../useProgressAnnouncement";

interface Props {
  orderId: string;
  counts: FileCounts;
  /** The uploads of the order. */
  uploads: readonly Upload[];
}

/** The progress of all files of an order together: uploaded, read, unreadable. Shown until all of several are read. */
export function FilesProgress({ orderId, counts, uploads }: Props) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const runningCount = uploads.filter(isRunning).length;
  const minutesLeft = useMinutesLeft(uploads);
  const { total, uploaded, read, unreadable } = counts;
  const finished = read + unreadable;

  const timeLeft =
    minutesLeft === 0
      ? t("progress.soon")
      : minutesLeft !== null && t("progress.left", { time: formatMinutes(minutesLeft) });
  const ofTotal = { number: formatNumber(Math.floor(uploaded)), total: formatNumber(total) };
  const sent = [t("progress.uploaded", ofTotal), timeLeft].filter(Boolean).join(", ");
  const summary = [
    uploaded < total ? sent : t("progress.files", { count: total }),
    (read > 0 || uploaded >= total) && t("progress.read", { number: formatNumber(read) }),
    unreadable > 0 && t("progress.unreadable", { number: formatNumber(unreadable) }),
  ]
    .filter(Boolean)
    .join(" · ");
  useProgressAnnouncement({
    isUploading: runningCount > 0,
    uploaded,
    total,
    text: sent,
    endText: t("progress.allUploaded"),
  });

  if (total === 0 || (finished >= total && total === 1)) return null;
  return (
    <Stack spacing={0.75}>
      <Inline between>
        <Typography variant="body2" component="span">
          {summary}
        </Typography>
        {runningCount > 1 && (
          <Button size="small" color="neutral" onClick={() => uploader.stop(orderId)}>
            {t("progress.stop")}
          </Button>
        )}
      </Inline>
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
    </Stack>
  );
}
