import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { paymentOutcome } from "@/features/payments/paymentOutcome";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDateTime, formatNumber } from "@/lib/format";

/** The second line of an order in the list: its documents, and what the customer waits for. */
export function OrderNote({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const { document_count: count, promised_at, refunds, payment, status } = order;
  const openRefund = refunds.findLast((refund) => refund.status !== "succeeded");
  const outcome = payment?.paid_at ? paymentOutcome(order, payment) : null;
  const notes = [
    order.in_progress > 0
      ? t("list.read", { count, read: formatNumber(count - order.in_progress) })
      : t("list.documents", { count }),
    promised_at && t("promise.by", { time: formatDateTime(promised_at) }),
    openRefund && t(openRefund.status === "failed" ? "list.refundFailed" : "list.refundPending"),
    status === "pending" && payment?.status === "failed" && t("list.declined"),
    status === "pending" && payment?.status === "requires_action" && t("list.requiresAction"),
    order.review && t("list.reviewed"),
    outcome === "disputed" && t("list.disputed"),
  ];
  return (
    <Muted small component="span">
      {notes.filter(Boolean).join(" · ")}
    </Muted>
  );
}
