import { useEffect, useRef, useState } from "react";
import type { OrderView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { usePaymentsConfirmMutation } from "./api";

const key = (orderId: string) => `docket.paying.${orderId}`;

/** The intent this browser was paying an order with; it outlives a closed tab. */
export function storedPaymentIntent(orderId: string): string | null {
  try {
    return localStorage.getItem(key(orderId));
  } catch {
    return null;
  }
}

export function storePaymentIntent(orderId: string, paymentId: string | null): void {
  try {
    if (paymentId) localStorage.setItem(key(orderId), paymentId);
    else localStorage.removeItem(key(orderId));
  } catch {
    // Storage can be forbidden; Stripe's webhook then settles the order alone.
  }
}

/** Runs `restored` when the browser shows this page as it left it: on the way back from the bank, say. */
export function usePageRestored(restored: () => void): void {
  const latest = useRef(restored);
  useEffect(() => {
    latest.current = restored;
  });
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) latest.current();
    };
    window.addEventListener("pageshow", shown);
    return () => window.removeEventListener("pageshow", shown);
  }, []);
}

/**
 * Tells the service that the intent was paid, as often as no answer comes. True while that is open; a clear "not
 * paid" ends it until the next round, and so does the order itself when Stripe's webhook was faster.
 */
export function useConfirmPayment(
  order: OrderView | undefined,
  paymentId: string | null,
  round = 0,
): boolean {
  const [confirm] = usePaymentsConfirmMutation();
  const [refusedRound, setRefusedRound] = useState(-1);
  const [tries, setTries] = useState(0);
  const orderId = order?.id;
  const pending = order?.status === "pending";
  const open = Boolean(paymentId && orderId && pending && refusedRound !== round);

  useEffect(() => {
    if (orderId && !pending) storePaymentIntent(orderId, null);
  }, [orderId, pending]);

  useEffect(() => {
    if (!open || !orderId || !paymentId) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void confirm({ orderId, paymentMade: { payment_id: paymentId } }).then(({ error }) => {
      if (left || !error) return;
      if (isProblem(error) && error.status >= 400 && error.status < 500) {
        storePaymentIntent(orderId, null);
        setRefusedRound(round);
        return;
      }
      timer = setTimeout(() => setTries(tries + 1), Math.min(30_000, 2_000 * 2 ** tries));
    });
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [open, orderId, paymentId, round, tries, confirm]);

  return open;
}
