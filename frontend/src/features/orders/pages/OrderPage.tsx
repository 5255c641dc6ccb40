import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { useServerText } from "@/components/translateServerText";
import { DocumentsPanel } from "@/features/documents/components/DocumentsPanel";
import { useUploadsPending } from "@/features/documents/useDocumentRows";
import { isAnalysisOpen, paymentOutcome } from "@/features/payments/paymentOutcome";
import {
  storedPaymentIntent,
  useConfirmPayment,
  usePageRestored,
} from "@/features/payments/useConfirmPayment";
import type { OrderView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { formatMoney } from "@/lib/format";
import type { PreparePage } from "@/lib/preparePage";
import { ordersGet, ordersListEvents } from "../api";
import { OrderBadge } from "../components/OrderBadge";
import { OrderHistory } from "../components/OrderHistory";
import { QuoteTable } from "../components/QuoteTable";
import { orderTitle } from "../orderTitle";
import { isPaymentPending, useLiveOrder } from "../useLiveOrder";

const CancelDialog = lazy(() => import("../components/CancelDialog"));
const PayPanel = lazy(() => import("@/features/payments/components/PayPanel"));

export const prepare: PreparePage = (dispatch, { orderId = "" }) =>
  Promise.all([
    dispatch(ordersGet.initiate({ orderId }, { subscribe: false })),
    dispatch(ordersListEvents.initiate({ orderId }, { subscribe: false })),
  ]);

export default function OrderPage() {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  const { orderId = "" } = useParams();
  const { order, error, refetch, slow } = useLiveOrder(orderId);

  const status = order?.status;
  const [seen, setSeen] = useState(status);
  useEffect(() => {
    if (seen && status && seen !== status) announce(t(`next.${status}`));
    setSeen(status);
  }, [seen, status, t]);

  if (!order) {
    const missing = isProblem(error) && error.status === 404;
    return (
      <div className="stack">
        <Title of={t(missing ? "missing.title" : "one")} />
        {missing ? (
          <div className="notice-page stack">
            <h1>{t("missing.title")}</h1>
            <p className="muted">{t("missing.text")}</p>
            <div>
              <ButtonLink to="/orders" variant="contained">
                {common("toOrders")}
              </ButtonLink>
            </div>
          </div>
        ) : error ? (
          <>
            <h1>{t("one")}</h1>
            <ProblemAlert problem={error} onRetry={() => void refetch()} />
          </>
        ) : (
          <OrderSkeleton />
        )}
      </div>
    );
  }

  return (
    <div className="stack loose">
      <Title of={orderTitle(order, t)} />
      <OrderHead order={order} />
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {slow && (
        <Notice
          severity="info"
          action={
            <Button color="neutral" size="small" onClick={() => void refetch()}>
              {t("slow.check")}
            </Button>
          }
        >
          {t("slow.text")}
        </Notice>
      )}
      <div className="order-columns">
        <DocumentsPanel key={order.id} order={order} />
        <div className="stack loose">
          <Money key={order.id} order={order} reload={() => void refetch()} />
          <Reading order={order} />
          <OrderHistory orderId={order.id} />
        </div>
      </div>
    </div>
  );
}

function OrderHead({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const said = useServerText();
  const [sure, setSure] = useState(false);
  // The service's own reason is that of a moment ago: that there are no documents.
  const uploading = useUploadsPending(order);
  return (
    <header className="stack">
      <div className="row between top">
        <div className="stack tight grow">
          <h1 className="wrap">{orderTitle(order, t)}</h1>
          <div className="row">
            <OrderBadge status={order.status} />
            <span className="muted">{uploading ? t("next.uploading") : said(order.status_reason)}</span>
          </div>
        </div>
        {order.status === "pending" && !isPaymentPending(order) && (
          <Button color="error" className="flush" onClick={() => setSure(true)}>
            {t("cancel.title")}
          </Button>
        )}
      </div>
      {sure && (
        <Suspense>
          <CancelDialog orderId={order.id} onClose={() => setSure(false)} />
        </Suspense>
      )}
    </header>
  );
}

/** The quote, and everything between it and a paid order. */
function Money({ order, reload }: { order: OrderView; reload: () => void }) {
  const { t } = useTranslation("orders");
  const [paying, setPaying] = useState(false);
  // What was being paid when the page was opened or came back. What is being paid now, its panel looks after.
  const [left, setLeft] = useState(() => ({ paymentId: storedPaymentIntent(order.id), round: 0 }));
  const settling = useConfirmPayment(order, left.paymentId, left.round);
  usePageRestored(() => {
    setLeft(({ round }) => ({ paymentId: storedPaymentIntent(order.id), round: round + 1 }));
    reload();
  });
  const { quote, payment } = order;
  const uploading = useUploadsPending(order);
  const reading =
    uploading || order.documents.some(({ status }) => status === "reading" || status === "awaiting_upload");
  const confirming = isPaymentPending(order) || settling;
  // A form that stays open while a document is added would take a payment of the old price, which is refunded.
  const payable = quote && quote.amount > 0 && !reading;

  return (
    <section className="card stack" aria-labelledby="quote">
      <h2 id="quote">{t("quote.title")}</h2>
      {quote && <QuoteTable quote={quote} order={order} />}
      {!quote && <p className="muted">{t(quoteHint(order, reading))}</p>}
      {quote && order.status === "cancelled" && !payment?.paid_at && (
        <p className="muted">{t("quote.cancelled")}</p>
      )}
      {payment?.paid_at && (
        <p className={paymentOutcome(order, payment) === "paid" ? "text-success" : "muted"}>
          {t(`pay.${paymentOutcome(order, payment)}`, {
            amount: formatMoney(payment.amount, payment.currency),
            refunded: formatMoney(payment.amount_refunded, payment.currency),
          })}
        </p>
      )}
      {order.status === "pending" && quote && confirming && (
        <Notice severity="info">{t("pay.confirming")}</Notice>
      )}
      {order.status === "pending" && quote && !confirming && !(paying && payable) && (
        <>
          <Button variant="contained" size="large" disabled={!payable} onClick={() => setPaying(true)}>
            {t("pay.button", { amount: formatMoney(quote.amount, quote.currency) })}
          </Button>
          <p className="muted small">{t(reading ? "pay.waitForReading" : "pay.unreadableFree")}</p>
        </>
      )}
      {order.status === "pending" && quote && !confirming && paying && payable && (
        <Suspense fallback={<span className="skeleton card-form" />}>
          {/* A changed quote is another intent, and a page that came back has a form of before: both start anew. */}
          <PayPanel key={`${quote.amount} ${left.round}`} order={order} onClose={() => setPaying(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Reading({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const ready = order.documents.some(({ status }) => status === "ready");
  if (!ready || order.status === "cancelled") return null;
  const full = isAnalysisOpen(order);
  const closed = order.status === "completed" && !full;
  return (
    <section className="card stack" aria-labelledby="analysis">
      <h2 id="analysis">{t("analysis.title")}</h2>
      <p className="muted">{t(full ? "analysis.full" : closed ? "analysis.closed" : "analysis.preview")}</p>
      <div>
        <ButtonLink to={`/orders/${order.id}/analysis`} variant={full ? "contained" : "outlined"}>
          {t(full ? "analysis.open" : "analysis.look")}
        </ButtonLink>
      </div>
    </section>
  );
}

function OrderSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack loose" role="status" aria-label={t("loading")}>
      <span className="skeleton line" />
      <div className="order-columns">
        <span className="skeleton list" />
        <span className="skeleton list" />
      </div>
    </div>
  );
}

function quoteHint(order: OrderView, reading: boolean) {
  if (order.status === "cancelled") return "quote.cancelled" as const;
  if (reading) return "quote.reading" as const;
  if (order.documents.length === 0) return "quote.empty" as const;
  return order.documents.some(({ status }) => status === "ready")
    ? ("quote.soon" as const)
    : ("quote.nothing" as const);
}
