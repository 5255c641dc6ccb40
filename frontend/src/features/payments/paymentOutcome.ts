import type { OrderResponse, PaymentResponse } from "@/lib/api/client.generated";
import type { Reason } from "@/lib/codeMessage";

/** What happened to a payment that was made. Each outcome has a message under `orders:pay`. */
export type PaymentOutcome =
  | "paid"
  | "refunded"
  | "partlyRefunded"
  | "refundPending"
  | "refundFailed"
  | "disputed"
  | "disputeWon"
  | "takenBack";

export function paymentOutcome(
  { status }: Pick<OrderResponse, "status">,
  payment: PaymentResponse,
): PaymentOutcome {
  const { amount, amount_refunded, refund_status, dispute_status } = payment;
  if (refund_status === "failed") return "refundFailed";
  if (dispute_status === "lost") return "takenBack";
  if (dispute_status === "open") return "disputed";
  // The payment of a cancelled order is always refunded, even if the refund has not been created yet.
  if (
    refund_status === "owed" ||
    refund_status === "pending" ||
    (status === "cancelled" && amount_refunded === 0)
  )
    return "refundPending";
  if (amount_refunded >= amount) return "refunded";
  if (amount_refunded > 0) return "partlyRefunded";
  return dispute_status === "won" ? "disputeWon" : "paid";
}

/** The bank is confirming the payment, which takes days with a bank debit. */
export function isBankConfirming({ status, payment }: OrderResponse): boolean {
  return status === "processing" && payment?.status === "processing";
}

/** Why the last attempt to pay failed, or what it requires of the customer; null if neither. */
export function failureReason({
  status,
  failure_code,
  failure_params,
  failure_reason,
}: PaymentResponse): Reason | null {
  if ((status !== "failed" && status !== "requires_action") || !failure_code) return null;
  return { code: failure_code, params: failure_params, fallback: failure_reason ?? "" };
}
