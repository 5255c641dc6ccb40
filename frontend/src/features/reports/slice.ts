import { createSlice, type PayloadAction, type WithSlice } from "@reduxjs/toolkit";
import { api } from "@/lib/api/api";
import type { Problem } from "@/lib/api/problem";
import { type ReportRequest, reportId } from "./choices";

/** `requesting`: the API has not accepted it yet. */
export type ReportStep = "requesting" | "making" | "ready" | "failed";

export interface RequestedReport extends ReportRequest {
  step: ReportStep;
  /** Why it failed. */
  problem: Problem | null;
}

interface State {
  list: RequestedReport[];
}

const initialState: State = { list: [] };

function set({ list }: State, id: string, change: Pick<RequestedReport, "step" | "problem">): void {
  const report = list.find((other) => reportId(other) === id);
  if (!report) return;
  report.step = change.step;
  report.problem = change.problem;
}

/** The reports that were requested since the site was opened. They outlive the page that requested them. */
export const reports = createSlice({
  name: "reports",
  initialState,
  reducers: {
    reportRequested(state, { payload }: PayloadAction<ReportRequest>) {
      const others = state.list.filter((other) => reportId(other) !== reportId(payload));
      state.list = [...others, { ...payload, step: "requesting", problem: null }];
    },
    reportAccepted(state, { payload: id }: PayloadAction<string>) {
      set(state, id, { step: "making", problem: null });
    },
    reportReady(state, { payload: id }: PayloadAction<string>) {
      set(state, id, { step: "ready", problem: null });
    },
    reportFailed(state, { payload: { id, problem } }: PayloadAction<{ id: string; problem: Problem }>) {
      set(state, id, { step: "failed", problem });
    },
    reportClosed(state, { payload: id }: PayloadAction<string>) {
      state.list = state.list.filter((other) => reportId(other) !== id);
    },
  },
  // Another user's reports are never shown.
  extraReducers: (builder) => builder.addCase(api.util.resetApiState, () => initialState),
  selectors: { selectReports: (state) => state.list },
});

export const { reportRequested, reportAccepted, reportReady, reportFailed, reportClosed } = reports.actions;
export const { selectReports } = reports.selectors;

declare module "@/lib/appState" {
  interface AppState extends WithSlice<typeof reports> {}
}
