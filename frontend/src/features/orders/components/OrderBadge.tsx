import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import type { OrderResponse, OrderStatus } from "@/lib/api/client.generated";

const COLORS: Record<OrderStatus, BadgeColor> = {
  pending: "warning",
  processing: "info",
  completed: "success",
  cancelled: "neutral",
};

/** The status of an order. It is also `processing` when it is paid and its documents are still being read. */
export function OrderBadge({ order: { status, promised_at } }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  return <Badge color={COLORS[status]}>{t(promised_at ? "status.paid" : `status.${status}`)}</Badge>;
}
