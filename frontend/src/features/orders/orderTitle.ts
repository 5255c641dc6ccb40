import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";

/** The title of an order; without one, the name of its first document; without documents, its date. */
export function orderTitle(
  order: OrderResponse,
  t: (key: "untitled", values: { date: string }) => string,
): string {
  return order.title || order.documents[0]?.filename || t("untitled", { date: formatDate(order.created_at) });
}
