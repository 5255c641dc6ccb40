import type { UnknownAction } from "@reduxjs/toolkit";
import { session } from "@/lib/session";
import { analyses } from "./getAnalysis";

/** The pause after which a customer who reviews has stopped for a moment. */
export const PAUSE_MS = 2_000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

session.subscribe(({ kind }) => {
  if (kind !== "closed") return;
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
});

/**
 * Fetches the analysis again once no fact was reviewed for a moment. Its totals, headlines and timeline follow from the
 * facts; the facts themselves are shown as they are answered. All documents that are loaded are fetched, which are hundreds.
 */
export function followReviews(orderId: string, dispatch: (action: UnknownAction) => unknown): void {
  clearTimeout(timers.get(orderId));
  const timer = setTimeout(() => {
    timers.delete(orderId);
    dispatch(analyses.util.invalidateTags([{ type: "Analysis", id: orderId }]));
  }, PAUSE_MS);
  timers.set(orderId, timer);
}
