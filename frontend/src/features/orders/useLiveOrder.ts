import { useEffect, useRef, useState } from "react";
import type { OrderView } from "@/lib/api/client.generated";
import { JUST_NOW_S, useOrdersGetQuery } from "./api";

const SLOW_MS = 90_000;

/** Something about the order is on its way without the person doing anything. */
export function isChanging(order: OrderView): boolean {
  if (order.status === "processing") return true;
  if (order.status !== "pending") return false;
  const { documents, quote, payment } = order;
  if (documents.some(({ status }) => status === "reading" || status === "awaiting_upload")) return true;
  if (isPaymentPending(order)) return true;
  return !quote && !payment && documents.some(({ status }) => status === "ready");
}

/** Stripe has the money or is getting it; only the order does not say so yet. */
export function isPaymentPending({ status, payment }: OrderView): boolean {
  return status === "pending" && (payment?.status === "processing" || payment?.status === "succeeded");
}

/** How long to wait before asking again, by how long nothing has changed. */
export function pollDelay(quietMs: number): number {
  if (quietMs < 15_000) return 1_000;
  return quietMs < 60_000 ? 3_000 : 10_000;
}

/**
 * An order that is asked for again while something in it moves: often at first, less often when nothing changes,
 * and at once when the person comes back to the page. `slow` once nothing has changed for long.
 */
export function useLiveOrder(id: string) {
  const query = useOrdersGetQuery({ orderId: id }, { refetchOnMountOrArgChange: JUST_NOW_S });
  const { data, error, refetch, isFetching } = query;
  const moving = data ? isChanging(data) : false;
  const shape = data
    ? JSON.stringify([data.status, data.quote, data.payment, data.documents.map((d) => d.status)])
    : "";
  const changedAt = useRef(Date.now());
  const [slow, setSlow] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new shape is what "changed" means
  useEffect(() => {
    changedAt.current = Date.now();
    setSlow(false);
  }, [shape]);

  useEffect(() => {
    if (!moving || isFetching) return;
    const quiet = Date.now() - changedAt.current;
    const timer = setTimeout(
      () => {
        setSlow(Date.now() - changedAt.current > SLOW_MS);
        void refetch();
      },
      error ? 10_000 : pollDelay(quiet),
    );
    return () => clearTimeout(timer);
  }, [moving, isFetching, error, refetch]);

  return { order: data, error, refetch, moving, slow: moving && slow };
}
