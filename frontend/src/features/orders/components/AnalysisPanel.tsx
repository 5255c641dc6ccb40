import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { isAnalysisOpen } from "@/features/payments/paymentOutcome";
import { DownloadReport } from "@/features/reports/components/DownloadReport";
import type { OrderResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { isPaidElsewhere } from "../orderState";
import { orderTitle } from "../orderTitle";
import { ReviewState } from "./ReviewState";

/** The link to the analysis or its preview, once a document has been read, and the report of a paid order. */
export function AnalysisPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const isReady = order.progress.ready > 0;
  if (!isReady || order.status === "cancelled") return null;
  const open = isAnalysisOpen(order);
  if (order.is_sample && !open) return null;
  const isClosed = order.status === "completed" && !open;
  const textKey = open ? "analysis.full" : isClosed ? "analysis.closed" : previewKeyOf(order);
  return (
    <Panel aria-labelledby="analysis">
      <Typography variant="h2" id="analysis">
        {t("analysis.title")}
      </Typography>
      <Muted>{t(textKey)}</Muted>
      {open && <ReviewState order={order} />}
      <Inline>
        <ButtonLink to={routes.analysis(order.id)} variant={open ? "contained" : "outlined"}>
          {t(open ? "analysis.open" : "analysis.look")}
        </ButtonLink>
        {open && <DownloadReport orderId={order.id} title={orderTitle(order, t)} />}
      </Inline>
    </Panel>
  );
}

function previewKeyOf(order: OrderResponse) {
  // Of an order that is paid and waits for documents.
  if (order.promised_at) return "analysis.waiting";
  return isPaidElsewhere(order) ? "analysis.paidElsewhere" : "analysis.preview";
}
