import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { announce } from "@/components/announce";
import { Button, ButtonLink } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useSaid } from "@/components/said";
import { Title } from "@/components/Title";
import { Documents } from "@/features/documents/components/Documents";
import { useFirstUploads } from "@/features/documents/rows";
import { isAnalysisOpen, moneyState } from "@/features/payments/reversal";
import { payingFor, usePageRestored, useSettlePayment } from "@/features/payments/settle";
import type { OrderView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { money } from "@/lib/format";
import type { Prepare } from "@/lib/hooks";
import { ordersGet, ordersListEvents } from "../api";
import { History } from "../components/History";
import { OrderBadge } from "../components/OrderBadge";
import { QuoteTable } from "../components/QuoteTable";
import { isBeingPaid, useLiveOrder } from "../live";
import { titleOf } from "../title";

const CancelDialog = lazy(() => import("../components/CancelDialog"));
const PayPanel = lazy(() => import("@/features/payments/components/PayPanel"));

export const prepare: Prepare = (dispatch, { orderId = "" }) =>
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
            <p className="soft">{t("missing.text")}</p>
            <div>
              <ButtonLink to="/orders" look="filled">
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
      <Title of={titleOf(order, t)} />
      <OrderHead order={order} />
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {slow && (
        <Notice
          tone="info"
          action={
            <Button tone="ink" size="small" onClick={() => void refetch()}>
              {t("slow.check")}
            </Button>
          }
        >
          {t("slow.text")}
        </Notice>
      )}
      <div className="order-columns">
        <Documents key={order.id} order={order} />
        <div className="stack loose">
          <Money key={order.id} order={order} reload={() => void refetch()} />
          <Reading order={order} />
          <History orderId={order.id} />
        </div>
      </div>
    </div>
  );
}

function OrderHead({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const said = useSaid();
  const [sure, setSure] = useState(false);
  // The service's own reason is that of a moment ago: that there are no documents.
  const uploading = useFirstUploads(order);
  return (
    <header className="stack">
      <div className="row between top">
        <div className="stack tight grow">
          <h1 className="clip">{titleOf(order, t)}</h1>
          <div className="row">
            <OrderBadge status={order.status} />
            <span className="soft">{uploading ? t("next.uploading") : said(order.status_reason)}</span>
          </div>
        </div>
        {order.status === "pending" && !isBeingPaid(order) && (
          <Button tone="bad" className="flush" onClick={() => setSure(true)}>
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
  const [left, setLeft] = useState(() => ({ paymentId: payingFor(order.id), round: 0 }));
  const settling = useSettlePayment(order, left.paymentId, left.round);
  usePageRestored(() => {
    setLeft(({ round }) => ({ paymentId: payingFor(order.id), round: round + 1 }));
    reload();
  });
  const { quote, payment } = order;
  const uploading = useFirstUploads(order);
  const reading =
    uploading || order.documents.some(({ status }) => status === "reading" || status === "awaiting_upload");
  const confirming = isBeingPaid(order) || settling;
  // A form that stays open while a document is added would take a payment of the old price, which is refunded.
  const payable = quote && quote.amount > 0 && !reading;

  return (
    <section className="card stack" aria-labelledby="quote">
      <h2 id="quote">{t("quote.title")}</h2>
      {quote && <QuoteTable quote={quote} order={order} />}
      {!quote && <p className="soft">{t(quoteHint(order, reading))}</p>}
      {quote && order.status === "cancelled" && !payment?.paid_at && (
        <p className="soft">{t("quote.cancelled")}</p>
      )}
      {payment?.paid_at && (
        <p className={moneyState(order, payment) === "paid" ? "tone-good" : "soft"}>
          {t(`pay.${moneyState(order, payment)}`, {
            amount: money(payment.amount, payment.currency),
            refunded: money(payment.amount_refunded, payment.currency),
          })}
        </p>
      )}
      {order.status === "pending" && quote && confirming && (
        <Notice tone="info">{t("pay.confirming")}</Notice>
      )}
      {order.status === "pending" && quote && !confirming && !(paying && payable) && (
        <>
          <Button look="filled" size="large" disabled={!payable} onClick={() => setPaying(true)}>
            {t("pay.button", { amount: money(quote.amount, quote.currency) })}
          </Button>
          <p className="soft small">{t(reading ? "pay.waitForReading" : "pay.unreadableFree")}</p>
        </>
      )}
      {order.status === "pending" && quote && !confirming && paying && payable && (
        <Suspense fallback={<span className="blank card-form" />}>
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
      <p className="soft">{t(full ? "analysis.full" : closed ? "analysis.closed" : "analysis.preview")}</p>
      <div>
        <ButtonLink to={`/orders/${order.id}/analysis`} look={full ? "filled" : "outlined"}>
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
      <span className="blank line" />
      <div className="order-columns">
        <span className="blank list" />
        <span className="blank list" />
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
