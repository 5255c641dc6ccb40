import { useEffect, useRef, useState } from "react";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { useOrdersGetQuery } from "./api/getOrder";
import { isChanging } from "./orderState";

const SLOW_MS = 90_000;

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 15_000;

/** The time until the next request, by how many requests in a row found the order unchanged. */
export function pollDelayMs(unchangedCount: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** unchangedCount);
}

/**
 * An order that is fetched again while it is about to change, and when the user returns to the page. `slow` is true
 * when it should have changed but has not for a long time.
 */
export function useLiveOrder(orderId: string) {
  const query = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const { data: order, error, refetch, isFetching } = query;
  const changing = order ? isChanging(order) : false;
  const changedAt = useRef(Date.now());
  const unchangedCount = useRef(0);
  const [slow, setSlow] = useState(false);

  // An unchanged response, or a 304, leaves the cached order as it is, so that a new object means a change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is the trigger
  useEffect(() => {
    changedAt.current = Date.now();
    unchangedCount.current = 0;
    setSlow(false);
  }, [order]);

  useEffect(() => {
    if (!changing || isFetching) return;
    const delayMs = error ? LONGEST_DELAY_MS : pollDelayMs(unchangedCount.current);
    const timer = setTimeout(() => {
      unchangedCount.current += 1;
      setSlow(Date.now() - changedAt.current > SLOW_MS);
      void refetch();
    }, delayMs);
    return () => clearTimeout(timer);
  }, [changing, isFetching, error, refetch]);

  return { order, error, refetch, slow: changing && slow };
}
