import type { AppDispatch } from "./appState";

/** The `prepare` export of a page: loads the data that the page shows first. */
export type PreparePage = (
  dispatch: AppDispatch,
  params: Readonly<Record<string, string | undefined>>,
) => Promise<unknown>;
