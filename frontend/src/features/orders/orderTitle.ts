import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";

/** The title of an order; without one, the name of its first document; without documents, its date. */
export function orderTitle(
  { title, first_filename, created_at }: OrderResponse,
  t: (key: "untitled", values: { date: string }) => string,
): string {
  return title || first_filename || t("untitled", { date: formatDate(created_at) });
}
