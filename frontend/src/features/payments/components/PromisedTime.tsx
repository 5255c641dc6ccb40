import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import type { OrderResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";
import { isBankConfirming } from "../paymentOutcome";

/** By when a paid order is completed or refunded. No time runs while the bank is confirming the payment. */
export function PromisedTime({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const { promised_at } = order;
  if (promised_at) {
    const isOver = new Date(promised_at).getTime() < Date.now();
    return (
      <Notice severity="info">
        {t(isOver ? "promise.over" : "promise.by", { time: formatDateTime(promised_at) })}
      </Notice>
    );
  }
  return isBankConfirming(order) ? <Notice severity="info">{t("promise.afterBank")}</Notice> : null;
}
