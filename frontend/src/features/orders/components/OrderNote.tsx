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
  const reason = order.status_reason_code;
  const toReview = order.review ? 0 : order.progress.doubtful - order.progress.reviewed;
  const notes = [
    order.in_progress > 0
      ? t("list.read", { count, read: formatNumber(count - order.in_progress) })
      : t("list.documents", { count }),
    promised_at && t("promise.by", { time: formatDateTime(promised_at) }),
    openRefund && t(openRefund.status === "failed" ? "list.refundFailed" : "list.refundPending"),
    status === "pending" && payment?.status === "failed" && t("list.declined"),
    status === "pending" && payment?.status === "requires_action" && t("list.requiresAction"),
    reason === "ready_to_pay" && t("list.readyToPay"),
    reason === "nothing_readable" && t("list.nothingReadable"),
    order.review && t("list.reviewed"),
    status === "completed" && toReview > 0 && t("list.toReview", { count: toReview }),
    outcome === "disputed" && t("list.disputed"),
  ];
  return (
    <Muted small component="span">
      {notes.filter(Boolean).join(" · ")}
    </Muted>
  );
}
