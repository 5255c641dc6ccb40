import { useEffect, useRef, useState } from "react";

const SLOW_MS = 90_000;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 15_000;

/** The time until the next request, by how many requests in a row found nothing changed. */
export function pollDelayMs(unchangedCount: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** unchangedCount);
}

interface Query {
  data?: unknown;
  error?: unknown;
  isFetching: boolean;
  /** When the latest request was started. */
  startedTimeStamp?: number;
  refetch: () => unknown;
}

/** Fetches a query again while it is about to change. Returns whether it should have changed a long time ago. */
export function usePolling(query: Query, isChanging: boolean): boolean {
  const { data, error, isFetching, startedTimeStamp, refetch } = query;
  const changedAt = useRef(Date.now());
  const unchangedCount = useRef(0);
  const [slow, setSlow] = useState(false);

  // An equal response, or a 304, leaves the cached data as it is, so that a new object means a change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the data is the trigger
  useEffect(() => {
    changedAt.current = Date.now();
    unchangedCount.current = 0;
    setSlow(false);
  }, [data]);

  // The store may report the start and the end of a request at once, in a tab in the background for example. Then
  // `isFetching` was never true here, and only the time of the start shows that there was a request.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time of the start is a trigger
  useEffect(() => {
    if (!isChanging || isFetching) return;
    const delayMs = error ? LONGEST_DELAY_MS : pollDelayMs(unchangedCount.current);
    const timer = setTimeout(() => {
      unchangedCount.current += 1;
      setSlow(Date.now() - changedAt.current > SLOW_MS);
      void refetch();
    }, delayMs);
    return () => clearTimeout(timer);
  }, [isChanging, isFetching, startedTimeStamp, error, refetch]);

  return isChanging && slow;
}
