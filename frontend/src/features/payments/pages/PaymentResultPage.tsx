import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { announce } from "@/components/announce";
import { ButtonLink } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Progress } from "@/components/Progress";
import { useSaid } from "@/components/said";
import { Title } from "@/components/Title";
import { isBeingPaid, useLiveOrder } from "@/features/orders/live";
import type { OrderView } from "@/lib/api/client.generated";
import { payingFor, useSettlePayment } from "../settle";

type Result = "confirming" | "done" | "failed" | "refunded";

export default function PaymentResultPage() {
  const { t } = useTranslation("orders");
  const said = useSaid();
  const { orderId = "" } = useParams();
  const [params] = useSearchParams();
  const { order, error, refetch } = useLiveOrder(orderId);
  const failed = params.get("redirect_status") === "failed";
  const paymentId = failed ? null : (params.get("payment_intent") ?? payingFor(orderId));
  const settling = useSettlePayment(order, paymentId);
  const result = order ? resultOf(order, settling) : "confirming";

  useEffect(() => announce(t(`result.${result}.title`)), [result, t]);

  return (
    <div className="notice-page">
      <Title of={t(`result.${result}.title`)} />
      <div className="card stack">
        <h1>{t(`result.${result}.title`)}</h1>
        {result === "confirming" && <Progress label={t("result.working")} />}
        <p className="soft">
          {order?.status === "cancelled" && order.status_reason
            ? said(order.status_reason)
            : t(`result.${result}.text`)}
        </p>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        <div className="row">
          {result === "done" && (
            <ButtonLink to={`/orders/${orderId}/analysis`} look="filled">
              {t("analysis.open")}
            </ButtonLink>
          )}
          <ButtonLink to={`/orders/${orderId}`} look={result === "done" ? "quiet" : "outlined"}>
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
  return settling || isBeingPaid(order) ? "confirming" : "failed";
}
