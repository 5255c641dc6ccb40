import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDate } from "@/lib/format";

/** The title of an order; without one, the name of its first document; without documents, its date. */
export function orderTitle(
  { title, first_filename, created_at, is_sample }: OrderResponse,
  t: (key: "untitled" | "sample.title", values: { date: string }) => string,
): string {
  if (is_sample) return t("sample.title", { date: formatDate(created_at) });
  return title || first_filename || t("untitled", { date: formatDate(created_at) });
}
