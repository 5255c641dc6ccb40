import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { announce } from "@/components/announce";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useSaid } from "@/components/said";
import { Title } from "@/components/Title";
import { Documents } from "@/features/documents/components/Documents";
import { payingFor, useSettlePayment } from "@/features/payments/settle";
import type { OrderView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { money } from "@/lib/format";
import { useOrdersUpdateStatusMutation } from "../api";
import { History } from "../components/History";
import { OrderBadge } from "../components/OrderBadge";
import { QuoteTable } from "../components/QuoteTable";
import { isBeingPaid, useLiveOrder } from "../live";
import { titleOf } from "../title";

const PayPanel = lazy(() => import("@/features/payments/components/PayPanel"));

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
        <Title of={t(missing ? "missing.title" : "list.title")} />
        {missing ? (
          <div className="notice-page stack">
            <Typography variant="h1">{t("missing.title")}</Typography>
            <p className="soft">{t("missing.text")}</p>
            <div>
              <Button component={Link} to="/orders" variant="contained">
                {common("toOrders")}
              </Button>
            </div>
          </div>
        ) : error ? (
          <ProblemAlert problem={error} onRetry={() => void refetch()} />
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
        <Alert
          severity="info"
          action={
            <Button color="inherit" size="small" onClick={() => void refetch()}>
              {t("slow.check")}
            </Button>
          }
        >
          {t("slow.text")}
        </Alert>
      )}
      <div className="order-columns">
        <Documents order={order} />
        <div className="stack loose">
          <Money order={order} />
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
  const [cancel, { error, isLoading }] = useOrdersUpdateStatusMutation();
  const [sure, setSure] = useState(false);
  return (
    <header className="stack">
      <div className="row between top">
        <div className="stack tight grow">
          <Typography variant="h1" className="clip">
            {titleOf(order, t)}
          </Typography>
          <div className="row">
            <OrderBadge status={order.status} />
            <span className="soft">{said(order.status_reason)}</span>
          </div>
        </div>
        {order.status === "pending" && !isBeingPaid(order) && (
          <Button color="error" className="no-print" onClick={() => setSure(true)}>
            {t("cancel.title")}
          </Button>
        )}
      </div>
      {sure && order.status === "pending" && (
        <Alert
          severity="warning"
          action={
            <>
              <Button color="inherit" size="small" onClick={() => setSure(false)}>
                {t("cancel.keep")}
              </Button>
              <Button
                color="inherit"
                size="small"
                loading={isLoading}
                onClick={() => void cancel({ orderId: order.id, newStatus: { status: "cancelled" } })}
              >
                {t("cancel.sure")}
              </Button>
            </>
          }
        >
          {t("cancel.text")}
        </Alert>
      )}
      <ProblemAlert problem={error} />
    </header>
  );
}

/** The quote, and everything between it and a paid order. */
function Money({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const [paying, setPaying] = useState(false);
  const settling = useSettlePayment(order, payingFor(order.id));
  const { quote, payment } = order;
  const reading = order.documents.some(({ status }) => status === "reading" || status === "awaiting_upload");
  const confirming = isBeingPaid(order) || settling;

  return (
    <Paper component="section" className="card stack" aria-labelledby="quote">
      <Typography variant="h2" id="quote">
        {t("quote.title")}
      </Typography>
      {quote && <QuoteTable quote={quote} order={order} />}
      {!quote && <p className="soft">{t(quoteHint(order, reading))}</p>}
      {payment?.paid_at && (
        <p className="tone-good">{t("pay.paid", { amount: money(payment.amount, payment.currency) })}</p>
      )}
      {order.status === "pending" && quote && confirming && (
        <Alert severity="info">{t("pay.confirming")}</Alert>
      )}
      {order.status === "pending" && quote && !confirming && !paying && (
        <>
          <Button
            variant="contained"
            size="large"
            disabled={reading || quote.amount <= 0}
            onClick={() => setPaying(true)}
          >
            {t("pay.button", { amount: money(quote.amount, quote.currency) })}
          </Button>
          <p className="soft small">{t(reading ? "pay.waitForReading" : "pay.unreadableFree")}</p>
        </>
      )}
      {order.status === "pending" && quote && !confirming && paying && (
        <Suspense fallback={<Skeleton variant="rounded" height={240} />}>
          {/* A changed quote is another intent: the panel starts anew. */}
          <PayPanel key={quote.amount} order={order} onClose={() => setPaying(false)} />
        </Suspense>
      )}
    </Paper>
  );
}

function Reading({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const ready = order.documents.some(({ status }) => status === "ready");
  if (!ready) return null;
  const full = order.status === "completed";
  return (
    <Paper component="section" className="card stack" aria-labelledby="analysis">
      <Typography variant="h2" id="analysis">
        {t("analysis.title")}
      </Typography>
      <p className="soft">{t(full ? "analysis.full" : "analysis.preview")}</p>
      <div>
        <Button
          component={Link}
          to={`/orders/${order.id}/analysis`}
          variant={full ? "contained" : "outlined"}
        >
          {t(full ? "analysis.open" : "analysis.look")}
        </Button>
      </div>
    </Paper>
  );
}

function OrderSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="stack loose" role="status" aria-label={t("loading")}>
      <Skeleton variant="text" width="50%" height={44} />
      <div className="order-columns">
        <Skeleton variant="rounded" height={360} />
        <Skeleton variant="rounded" height={220} />
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
