import { useEffect, useRef, useState } from "react";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { useOrdersGetQuery } from "./api/getOrder";
import { isChanging } from "./orderState";

const SLOW_MS = 90_000;
const POLL_AFTER_ERROR_MS = 10_000;

/** The time until the next request, by how long the order has not changed. */
export function pollDelayMs(unchangedMs: number): number {
  if (unchangedMs < 15_000) return 1_000;
  return unchangedMs < 60_000 ? 3_000 : 10_000;
}

/**
 * An order that is fetched again while it is about to change, and when the user returns to the page. `slow` is true
 * when it should have changed but has not for a long time.
 */
export function useLiveOrder(orderId: string) {
  const query = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const { data: order, error, refetch, isFetching } = query;
  const changing = order ? isChanging(order) : false;
  const fingerprint = order
    ? JSON.stringify([order.status, order.quote, order.payment, order.documents.map(({ status }) => status)])
    : "";
  const changedAt = useRef(Date.now());
  const [slow, setSlow] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new fingerprint means that the order changed
  useEffect(() => {
    changedAt.current = Date.now();
    setSlow(false);
  }, [fingerprint]);

  useEffect(() => {
    if (!changing || isFetching) return;
    const unchangedMs = Date.now() - changedAt.current;
    const timer = setTimeout(
      () => {
        setSlow(Date.now() - changedAt.current > SLOW_MS);
        void refetch();
      },
      error ? POLL_AFTER_ERROR_MS : pollDelayMs(unchangedMs),
    );
    return () => clearTimeout(timer);
  }, [changing, isFetching, error, refetch]);

  return { order, error, refetch, slow: changing && slow };
}
