import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";
import { routes } from "@/lib/routes";
import { orderTitle } from "../orderTitle";
import { OrderBadge } from "./OrderBadge";
import { OrderNote } from "./OrderNote";

export function OrderRow({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  return (
    <Link className="order" to={routes.order(order.id)}>
      <span>
        <span className="order-title">{orderTitle(order, t)}</span>
        <OrderNote order={order} />
      </span>
      <span>
        <OrderBadge order={order} />
      </span>
      <span className="number order-price">
        {order.quote ? formatMoney(order.quote.amount, order.quote.currency) : ""}
      </span>
      <span className="muted small number order-date">{formatDate(order.created_at)}</span>
    </Link>
  );
}
