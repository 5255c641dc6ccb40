import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { ordersGet } from "@/features/orders/api/getOrder";
import { orderTitle } from "@/features/orders/orderTitle";
import type { PreparePage } from "@/lib/preparePage";
import { routes } from "@/lib/routes";
import { analysesCreate } from "../api/createAnalysis";
import { getAnalysis } from "../api/getAnalysis";
import { AnalysisContent } from "../components/AnalysisContent";
import { AnalysisSkeleton } from "../components/AnalysisSkeleton";
import { ExportButtons } from "../components/ExportButtons";
import { OrderReview } from "../components/OrderReview";
import { useLiveAnalysis } from "../useLiveAnalysis";

export const prepare: PreparePage = async (dispatch, { orderId = "" }) => {
  // The order changes when its analysis is created, and without a subscription it would be dropped.
  const order = dispatch(ordersGet.initiate({ orderId }));
  const { data } = await order;
  if (data?.analysis) await dispatch(getAnalysis.initiate({ orderId }, { subscribe: false }));
  else if (data) await dispatch(analysesCreate.initiate({ orderId, body: {} }, { track: false }));
  order.unsubscribe();
};

const NO_DOCUMENTS: never[] = [];

export default function AnalysisPage() {
  const { t } = useTranslation("analysis");
  const { t: tOrders } = useTranslation("orders");
  const { orderId = "" } = useParams();
  const { order, problem, retry, hasMore, loadingMore, loadMore, ...live } = useLiveAnalysis(orderId);
  // What a deferred value shows is rendered in slices, between which clicks and key presses are handled. A later change
  // of the analysis is shown at once.
  const isRendered = useDeferredValue(live.analysis !== undefined);
  const analysis = isRendered ? live.analysis : undefined;
  const more = useMemo(
    () =>
      hasMore && (
        <div>
          <Button variant="outlined" busy={loadingMore} onClick={loadMore}>
            {t("more")}
          </Button>
        </div>
      ),
    [hasMore, loadingMore, loadMore, t],
  );
  const title = order ? orderTitle(order, tOrders) : null;

  return (
    <Stack spacing={3}>
      <Title of={title ? `${t("title")}: ${title}` : t("title")} />
      <Inline between top>
        <Stack spacing={0.75} sx={{ flex: { xs: "1 1 100%", sm: 1 }, minWidth: 0 }}>
          <TextLink to={routes.order(orderId)} className="no-print">
            {t("back")}
          </TextLink>
          <Typography variant="h1">{t("title")}</Typography>
          <Muted className="wrap">{title ?? "\u00a0"}</Muted>
          {order && analysis && !analysis.result.preview && <OrderReview order={order} />}
        </Stack>
        {analysis && !analysis.result.preview && <ExportButtons orderId={orderId} title={title ?? ""} />}
      </Inline>
      <ProblemAlert problem={problem} onRetry={retry} />
      {analysis?.status === "reading" && <Notice severity="info">{t("reading")}</Notice>}
      {analysis?.result.preview && (
        <Notice
          severity="info"
          action={
            <ButtonLink to={routes.order(orderId)} color="neutral" size="small">
              {t("preview.pay")}
            </ButtonLink>
          }
        >
          {t("preview.text")}
        </Notice>
      )}
      {!analysis && !problem && <AnalysisSkeleton />}
      {analysis && (
        <AnalysisContent
          result={analysis.result}
          listed={order?.documents ?? NO_DOCUMENTS}
          onMore={hasMore && !loadingMore ? loadMore : null}
          more={more}
        />
      )}
    </Stack>
  );
}
