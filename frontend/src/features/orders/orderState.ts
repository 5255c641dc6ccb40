import type { DocumentResponse, OrderResponse } from "@/lib/api/client.generated";

/** An order's response lists this many documents. The others are on the pages of `GET …/documents`. */
export const LISTED_DOCUMENTS = 100;

/** The order is about to change without an action of the user, so that it is worth polling. */
export function isChanging(order: OrderResponse): boolean {
  const { status, refunds } = order;
  if (status === "processing" || refunds.some((refund) => refund.status === "owed")) return true;
  return status === "pending" && (hasUnreadDocuments(order) || isPaymentPending(order));
}

/** Stripe has the payment or is processing it, and the order does not show that yet. */
export function isPaymentPending({ status, payment }: OrderResponse): boolean {
  return status === "pending" && (payment?.status === "processing" || payment?.status === "succeeded");
}

export function hasUnreadDocuments({ in_progress }: OrderResponse): boolean {
  return in_progress > 0;
}

/** All documents are read and nothing is to be paid: the customer has paid for their content before. */
export function isPaidElsewhere(order: OrderResponse): boolean {
  const { status, quote, progress } = order;
  return status === "pending" && !quote && progress.ready > 0 && !hasUnreadDocuments(order);
}

/** Adds new documents to a cached order. */
export function addDocuments(order: OrderResponse, added: readonly DocumentResponse[]): void {
  const listedIds = new Set(order.documents.map(({ id }) => id));
  for (const document of added) {
    if (listedIds.has(document.id)) continue;
    count(order, document, 1);
    if (order.documents.length < LISTED_DOCUMENTS) order.documents.push(document);
  }
}

/** Removes a document from a cached order. */
export function removeDocument(order: OrderResponse, documentId: string): void {
  const at = order.documents.findIndex(({ id }) => id === documentId);
  for (const removed of at >= 0 ? order.documents.splice(at, 1) : []) count(order, removed, -1);
}

function count(order: OrderResponse, { status }: DocumentResponse, change: 1 | -1): void {
  order.document_count += change;
  order.progress[status] += change;
  if (status === "awaiting_upload" || status === "reading") order.in_progress += change;
}
