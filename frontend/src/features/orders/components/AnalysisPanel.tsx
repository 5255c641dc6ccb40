import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { useForgottenPreview } from "@/features/analyses/useForgottenPreview";
import { DownloadReport } from "@/features/reports/components/DownloadReport";
import type { OrderResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { isPaidElsewhere } from "../orderState";
import { orderTitle } from "../orderTitle";
import { ReviewState } from "./ReviewState";

const FactPreviews = lazy(() => import("@/features/analyses/components/FactPreviews"));

/** The analysis, once a document has been read: of a paid order its link and report, else what was found. */
export function AnalysisPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const isReady = order.progress.ready > 0;
  const open = order.is_analysis_open;
  useForgottenPreview(order.id, open);
  if (!isReady || order.status === "cancelled") return null;
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
      {!open && order.analysis && (
        <Suspense fallback={<Skeleton height={76} />}>
          <FactPreviews order={order} />
        </Suspense>
      )}
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
