import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import type { OrderStatus } from "@/lib/api/client.generated";

const COLORS: Record<OrderStatus, BadgeColor> = {
  pending: "warning",
  processing: "info",
  completed: "success",
  cancelled: "neutral",
};

export function OrderBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslation("orders");
  return <Badge color={COLORS[status]}>{t(`status.${status}`)}</Badge>;
}
