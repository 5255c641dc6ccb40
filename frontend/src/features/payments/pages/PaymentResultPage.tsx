import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { announce } from "@/components/announce";
import { ButtonLink } from "@/components/ButtonLink";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Progress } from "@/components/Progress";
import { Title } from "@/components/Title";
import { useServerText } from "@/components/translateServerText";
import { isPaymentPending, useLiveOrder } from "@/features/orders/useLiveOrder";
import type { OrderView } from "@/lib/api/client.generated";
import { storedPaymentIntent, useConfirmPayment } from "../useConfirmPayment";

type Result = "confirming" | "done" | "failed" | "refunded";

export default function PaymentResultPage() {
  const { t } = useTranslation("orders");
  const said = useServerText();
  const { orderId = "" } = useParams();
  const [params] = useSearchParams();
  const { order, error, refetch } = useLiveOrder(orderId);
  const failed = params.get("redirect_status") === "failed";
  const paymentId = failed ? null : (params.get("payment_intent") ?? storedPaymentIntent(orderId));
  const settling = useConfirmPayment(order, paymentId);
  const result = order ? resultOf(order, settling) : "confirming";

  useEffect(() => announce(t(`result.${result}.title`)), [result, t]);

  return (
    <div className="notice-page">
      <Title of={t(`result.${result}.title`)} />
      <div className="card stack">
        <h1>{t(`result.${result}.title`)}</h1>
        {result === "confirming" && <Progress label={t("result.working")} />}
        <p className="muted">
          {order?.status === "cancelled" && order.status_reason
            ? said(order.status_reason)
            : t(`result.${result}.text`)}
        </p>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        <div className="row">
          {result === "done" && (
            <ButtonLink to={`/orders/${orderId}/analysis`} variant="contained">
              {t("analysis.open")}
            </ButtonLink>
          )}
          <ButtonLink to={`/orders/${orderId}`} variant={result === "done" ? "text" : "outlined"}>
            {t("result.back")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}

export function resultOf(order: OrderView, settling: boolean): Result {
  if (order.status === "completed") return "done";
  if (order.status === "processing") return "confirming";
  if (order.status === "cancelled") return "refunded";
  return settling || isPaymentPending(order) ? "confirming" : "failed";
}
