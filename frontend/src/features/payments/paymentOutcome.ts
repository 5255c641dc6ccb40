import type { OrderResponse, PaymentResponse } from "@/lib/api/client.generated";

/** What happened to a payment that was made. Each outcome has a message under `orders:pay`. */
export type PaymentOutcome =
  | "paid"
  | "refunded"
  | "partlyRefunded"
  | "refundPending"
  | "refundFailed"
  | "disputed"
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
  if (refund_status === "pending" || (status === "cancelled" && amount_refunded === 0))
    return "refundPending";
  if (amount_refunded >= amount) return "refunded";
  return amount_refunded > 0 ? "partlyRefunded" : "paid";
}

/** The order is paid and the payment was not returned in full. */
export function isAnalysisOpen({ status, payment }: Pick<OrderResponse, "status" | "payment">): boolean {
  if (status !== "completed") return false;
  return !payment || (payment.dispute_status !== "lost" && payment.amount_refunded < payment.amount);
}
