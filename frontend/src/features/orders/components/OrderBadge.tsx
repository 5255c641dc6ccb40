import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "@/components/Badge";
import type { OrderStatus } from "@/lib/api/client.generated";

const TONES: Record<OrderStatus, Tone> = {
  pending: "wait",
  processing: "busy",
  completed: "good",
  cancelled: "off",
};

export function OrderBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslation("orders");
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
