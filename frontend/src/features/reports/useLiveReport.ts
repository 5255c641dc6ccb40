import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { isProblem } from "@/lib/api/problem";
import { useAppDispatch } from "@/lib/appState";
import { startDownload } from "@/lib/startDownload";
import { usePolling } from "@/lib/usePolling";
import { analysesGetReport, useAnalysesGetReportQuery } from "./api/reports";
import { reportId } from "./choices";
import { type RequestedReport, reportAccepted, reportFailed, reportReady } from "./slice";

/**
 * Follows a report that is being made, and downloads it when it is ready. `done` of its `total` documents are in it; 0
 * of 0 before it is begun. `slow`: it has made no progress for long. `name` is what a screen reader calls it.
 */
export function useLiveReport(report: RequestedReport, name: string) {
  const { t } = useTranslation("reports");
  const dispatch = useAppDispatch();
  const { orderId, format, table, doubtful, language, step } = report;
  const id = reportId(report);
  const wanted = { orderId, format, table, doubtful, language };
  const isMaking = step === "making";
  const query = useAnalysesGetReportQuery(wanted, { skip: !isMaking, refetchOnMountOrArgChange: true });
  const { currentData: state, error, isFetching } = query;
  const slow = usePolling({ ...query, data: state }, isMaking);
  const [downloading, setDownloading] = useState(false);

  useEffect(() => {
    if (!isMaking || isFetching) return;
    // Without a response, or with one that the service is to blame for, it may be ready the next time.
    if (isProblem(error)) {
      if (error.status >= 400 && error.status < 500 && error.status !== 429)
        dispatch(reportFailed({ id, problem: error }));
      return;
    }
    if (state?.status !== "ready" || !state.url) return;
    dispatch(reportReady(id));
    announce(t("readyOf", { name }));
    startDownload(state.url);
  }, [isMaking, isFetching, error, state, id, name, dispatch, t]);

  async function downloadAgain() {
    setDownloading(true);
    // Without a subscription the response is dropped. Else it would be shown as the state of a report requested anew.
    const again = await dispatch(
      analysesGetReport.initiate(wanted, { subscribe: false, forceRefetch: true }),
    );
    setDownloading(false);
    if (isProblem(again.error)) dispatch(reportFailed({ id, problem: again.error }));
    else if (again.data?.url) startDownload(again.data.url);
    else if (again.data) dispatch(reportAccepted(id)); // requested anew elsewhere
  }

  return {
    done: state?.done ?? 0,
    total: state?.total ?? 0,
    slow,
    downloading,
    downloadAgain: () => void downloadAgain(),
  };
}
