import Box from "@mui/material/Box";
import LinearProgress from "@mui/material/LinearProgress";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { IconButton } from "@/components/IconButton";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useAppDispatch } from "@/lib/appState";
import { formatNameOf, reportId } from "../choices";
import { requestReport } from "../requestReport";
import { type RequestedReport, reportClosed } from "../slice";
import { useLiveReport } from "../useLiveReport";

/** A requested report: its progress, then the way to download it once more, or why it failed. */
export function ReportRow({ report }: { report: RequestedReport }) {
  const { t } = useTranslation("reports");
  const dispatch = useAppDispatch();
  const name = t("name", { format: t(`formats.${formatNameOf(report)}`), title: report.title });
  const { done, total, slow, downloading, downloadAgain } = useLiveReport(report, name);
  const { step, problem } = report;
  const isLoading = total > 0 && done < total;
  // All documents are loaded; of a PDF, writing them takes minutes.
  const isWriting = total > 0 && done >= total;
  return (
    <Stack component="li" spacing={0.75}>
      <Stack direction="row" spacing={1} sx={{ alignItems: "center" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <span className="wrap">{name}</span>
          {(step === "requesting" || step === "making") && (
            <Muted small>
              {isLoading ? t("progress", { done, count: total }) : t(isWriting ? "writing" : "waiting")}{" "}
              {slow && t("slow")}
            </Muted>
          )}
          {step === "ready" && <Muted small>{t("ready")}</Muted>}
        </Box>
        {step === "ready" && (
          <Button size="small" busy={downloading} aria-label={t("againOf", { name })} onClick={downloadAgain}>
            {t("again")}
          </Button>
        )}
        <IconButton
          icon="close"
          label={t("closeOf", { name })}
          onClick={() => dispatch(reportClosed(reportId(report)))}
        />
      </Stack>
      {(step === "requesting" || step === "making") && (
        <LinearProgress
          aria-label={name}
          variant={isLoading ? "determinate" : "indeterminate"}
          {...(isLoading ? { value: Math.round((100 * done) / total) } : {})}
        />
      )}
      <ProblemAlert problem={problem} onRetry={() => void dispatch(requestReport(report))} />
    </Stack>
  );
}
