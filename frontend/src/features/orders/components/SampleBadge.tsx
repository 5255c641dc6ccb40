import { useTranslation } from "react-i18next";
import { Badge } from "@/components/Badge";
import type { OrderResponse } from "@/lib/api/client.generated";

/** Marks an order with the sample documents. */
export function SampleBadge({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  return order.is_sample ? <Badge color="info">{t("sample.badge")}</Badge> : null;
}
