import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDateTime, formatMoney } from "@/lib/format";
import { failureReason, type PaymentOutcome, paymentOutcome } from "../paymentOutcome";
import { PromisedTime } from "./PromisedTime";
import { RefundNotice } from "./RefundNotice";

/** What happened to the payment of an order: paid, by when the order is completed, to be confirmed, declined, refunded, disputed. */
export function PaymentStatus({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const { payment, refunds } = order;
  const outcome = payment && shownOutcome(paymentOutcome(order, payment), refunds.length > 0);
  const failure = payment && order.status === "pending" ? failureReason(payment) : null;
  return (
    <>
      {payment?.paid_at && outcome && (
        <Stack>
          <Typography color={outcome === "paid" ? "success" : "textSecondary"}>
            {t(`pay.${outcome}`, {
              amount: formatMoney(payment.amount, payment.currency),
              refunded: formatMoney(payment.amount_refunded, payment.currency),
            })}
          </Typography>
          <Muted small component="time" dateTime={payment.paid_at}>
            {formatDateTime(payment.paid_at)}
          </Muted>
        </Stack>
      )}
      <PromisedTime order={order} />
      {failure && (
        <Notice severity={payment?.status === "requires_action" ? "info" : "warning"}>
          {codeMessage("order", failure)}
        </Notice>
      )}
      {refunds.map((refund) => (
        <RefundNotice key={refund.id} refund={refund} />
      ))}
    </>
  );
}

const REFUND_OUTCOMES = new Set<PaymentOutcome>([
  "refunded",
  "partlyRefunded",
  "refundPending",
  "refundFailed",
]);

/** The notices of refunds say more about them than the outcome of the payment. */
function shownOutcome(outcome: PaymentOutcome, hasNotices: boolean): PaymentOutcome | "received" {
  return hasNotices && REFUND_OUTCOMES.has(outcome) ? "received" : outcome;
}
