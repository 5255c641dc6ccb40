import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { useDispatch } from "react-redux";

type Dispatch = ThunkDispatch<unknown, unknown, UnknownAction>;

/** What a page exports as `prepare`, to be there together with what it shows. */
export type Prepare = (
  dispatch: Dispatch,
  params: Readonly<Record<string, string | undefined>>,
) => Promise<unknown>;

/** `dispatch`, typed so that thunks (every RTK Query call is one) are accepted. */
export const useThunkDispatch = useDispatch.withTypes<Dispatch>();
