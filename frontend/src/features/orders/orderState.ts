import type { OrderResponse } from "@/lib/api/client.generated";

/** The order is about to change without an action of the user, so that it is worth polling. */
export function isChanging(order: OrderResponse): boolean {
  if (order.status === "processing") return true;
  if (order.status !== "pending") return false;
  const { documents, quote, payment } = order;
  if (hasUnreadDocuments(order) || isPaymentPending(order)) return true;
  return !quote && !payment && documents.some(({ status }) => status === "ready");
}

/** Stripe has the payment or is processing it, and the order does not show that yet. */
export function isPaymentPending({ status, payment }: OrderResponse): boolean {
  return status === "pending" && (payment?.status === "processing" || payment?.status === "succeeded");
}

export function hasUnreadDocuments({ documents }: OrderResponse): boolean {
  return documents.some(({ status }) => status === "reading" || status === "awaiting_upload");
}
