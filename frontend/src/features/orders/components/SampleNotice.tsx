import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import type { OrderResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";

/** The files are there with the reply to the request that opens the order, and are noticed within seconds. */
const LATE_MS = 60_000;

interface Props {
  order: OrderResponse;
  /** It should have changed a long time ago. */
  slow: boolean;
}

/** Leads to the page of the samples again: it puts files that have not arrived, and replaces an order that expired. */
export function SampleNotice({ order, slow }: Props) {
  const { t } = useTranslation("orders");
  const [openedAt] = useState(Date.now);
  if (!order.is_sample) return null;
  const isLate = slow || openedAt - Date.parse(order.created_at) > LATE_MS;
  const isMissing = order.status === "pending" && order.progress.awaiting_upload > 0 && isLate;
  if (!isMissing && order.status_reason_code !== "sample_expired") return null;
  return (
    <Notice
      severity="info"
      action={
        <ButtonLink to={routes.samples} color="neutral" size="small">
          {t("sample.again")}
        </ButtonLink>
      }
    >
      {t(isMissing ? "sample.late" : "sample.expired")}
    </Notice>
  );
}
