import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";

/** The `prepare` export of a page: loads the data that the page shows first. */
export type PreparePage = (
  dispatch: ThunkDispatch<unknown, unknown, UnknownAction>,
  params: Readonly<Record<string, string | undefined>>,
) => Promise<unknown>;
