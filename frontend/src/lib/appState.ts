import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { useDispatch, useSelector } from "react-redux";

/** The state of the store. Each slice adds itself, so that this module imports none of them. */
// biome-ignore lint/suspicious/noEmptyInterface: the slices extend it
export interface AppState {}

export type AppDispatch = ThunkDispatch<AppState, unknown, UnknownAction>;

export const useAppSelector = useSelector.withTypes<AppState>();
export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
