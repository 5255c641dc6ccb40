import Typography from "@mui/material/Typography";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams, useSearchParams } from "react-router";
import { announce } from "@/components/announce";
import { ButtonLink } from "@/components/ButtonLink";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { NoticePage } from "@/components/NoticePage";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Progress } from "@/components/Progress";
import { Title } from "@/components/Title";
import { useCodeMessage } from "@/components/useCodeMessage";
import { isPaymentPending } from "@/features/orders/orderState";
import { useLiveOrder } from "@/features/orders/useLiveOrder";
import type { OrderResponse } from "@/lib/api/client.generated";
import { statusReason } from "@/lib/api/statusReason";
import { routes } from "@/lib/routes";
import { PromisedTime } from "../components/PromisedTime";
import { isBankConfirming } from "../paymentOutcome";
import { storedPaymentIntent } from "../storedPaymentIntent";
import { useConfirmPayment } from "../useConfirmPayment";

type Result = "confirming" | "waiting" | "done" | "failed" | "refunded";

/** The outcome of a payment. Stripe redirects here after a bank's authentication page. */
export default function PaymentResultPage() {
  const { t } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const { orderId = "" } = useParams();
  const [params] = useSearchParams();
  const { order, error, refetch } = useLiveOrder(orderId);
  const failed = params.get("redirect_status") === "failed";
  const intentId = failed ? null : (params.get("payment_intent") ?? storedPaymentIntent(orderId));
  const confirming = useConfirmPayment(order, intentId);
  const result = order ? paymentResult(order, confirming) : "confirming";

  useEffect(() => announce(t(`result.${result}.title`)), [result, t]);

  if (order?.is_sample) return <Navigate to={routes.order(orderId)} replace />;
  return (
    <NoticePage wide>
      <Title of={t(`result.${result}.title`)} />
      <Panel component="div">
        <Typography variant="h1">{t(`result.${result}.title`)}</Typography>
        {result === "confirming" && <Progress label={t("result.working")} />}
        {!(order && isBankConfirming(order)) && (
          <Muted>
            {order?.status === "cancelled"
              ? codeMessage("order", statusReason(order))
              : t(`result.${result}.text`)}
          </Muted>
        )}
        {order && <PromisedTime order={order} />}
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        <Inline>
          {result === "done" && (
            <ButtonLink to={routes.analysis(orderId)} variant="contained">
              {t("analysis.open")}
            </ButtonLink>
          )}
          <ButtonLink to={routes.order(orderId)} variant={result === "done" ? "text" : "outlined"}>
            {t("result.back")}
          </ButtonLink>
        </Inline>
      </Panel>
    </NoticePage>
  );
}

function paymentResult(order: OrderResponse, confirming: boolean): Result {
  if (order.status === "completed") return "done";
  if (order.status === "processing") return order.promised_at ? "waiting" : "confirming";
  if (order.status === "cancelled") return "refunded";
  return confirming || isPaymentPending(order) ? "confirming" : "failed";
}
