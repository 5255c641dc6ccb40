import { useEffect, useState } from "react";
import type { OrderResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { usePaymentsConfirmMutation } from "./api/confirmPayment";
import { storePaymentIntent } from "./storedPaymentIntent";

const MAX_DELAY_MS = 30_000;
const FIRST_DELAY_MS = 2_000;

/**
 * Confirms a payment to the API and retries while there is no response. Returns true while the outcome is open. A 4xx
 * response ends the attempts until `round` changes; so does an order that is no longer pending.
 */
export function useConfirmPayment(
  order: OrderResponse | undefined,
  paymentIntentId: string | null,
  round = 0,
): boolean {
  const [confirm] = usePaymentsConfirmMutation();
  const [refusedRound, setRefusedRound] = useState(-1);
  const [attempt, setAttempt] = useState(0);
  const orderId = order?.id;
  const pending = order?.status === "pending";
  const open = Boolean(paymentIntentId && orderId && pending && refusedRound !== round);

  useEffect(() => {
    if (orderId && !pending) storePaymentIntent(orderId, null);
  }, [orderId, pending]);

  useEffect(() => {
    if (!open || !orderId || !paymentIntentId) return;
    let cancelled = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void confirm({ orderId, confirmPaymentRequest: { payment_id: paymentIntentId } }).then(({ error }) => {
      if (cancelled || !error) return;
      if (isProblem(error) && error.status >= 400 && error.status < 500) {
        storePaymentIntent(orderId, null);
        setRefusedRound(round);
        return;
      }
      const delayMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
      timer = setTimeout(() => setAttempt(attempt + 1), delayMs);
    });
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [open, orderId, paymentIntentId, round, attempt, confirm]);

  return open;
}
