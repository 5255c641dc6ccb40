import type { OrderView } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";

/** What an order is called: its title, or else its first document, or else its day. */
export function orderTitle(
  order: OrderView,
  t: (key: "untitled", values: { date: string }) => string,
): string {
  return order.title || order.documents[0]?.filename || t("untitled", { date: formatDate(order.created_at) });
}
