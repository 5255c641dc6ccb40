import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";

/** By when a paid order is completed or refunded. No time runs while the bank is confirming the payment. */
export function PromisedTime({ order: { status, payment, promised_at } }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  if (promised_at) {
    const isOver = new Date(promised_at).getTime() < Date.now();
    return (
      <Notice severity="info">
        {t(isOver ? "promise.over" : "promise.by", { time: formatDateTime(promised_at) })}
      </Notice>
    );
  }
  const isConfirming = status === "processing" && payment?.status === "processing";
  return isConfirming ? <Notice severity="info">{t("promise.afterBank")}</Notice> : null;
}
