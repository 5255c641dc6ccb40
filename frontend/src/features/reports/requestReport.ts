import type { Problem } from "@/lib/api/problem";
import type { AppDispatch, AppState } from "@/lib/appState";
import { analysesRequestReport } from "./api/reports";
import { type ReportRequest, reportId } from "./choices";
import { reportAccepted, reportFailed, reportRequested, selectReports } from "./slice";

/** Has a report made, unless it is being made. `ReportRow` follows it and downloads it. */
export function requestReport(request: ReportRequest) {
  return async (dispatch: AppDispatch, getState: () => AppState): Promise<void> => {
    const id = reportId(request);
    const before = selectReports(getState()).find((report) => reportId(report) === id);
    if (before?.step === "requesting" || before?.step === "making") return;
    dispatch(reportRequested(request));
    const { orderId, format, table, doubtful, language } = request;
    const createReportRequest = { format, table, doubtful, language };
    const { error } = await dispatch(
      analysesRequestReport.initiate({ orderId, createReportRequest }, { track: false }),
    );
    dispatch(error ? reportFailed({ id, problem: error as Problem }) : reportAccepted(id));
  };
}
