import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { ordersGet } from "@/features/orders/api/getOrder";
import { orderTitle } from "@/features/orders/orderTitle";
import type { PreparePage } from "@/lib/preparePage";
import { routes } from "@/lib/routes";
import { getAnalysis } from "../api/getAnalysis";
import { AnalysisContent } from "../components/AnalysisContent";
import { AnalysisSkeleton } from "../components/AnalysisSkeleton";
import { ExportButtons } from "../components/ExportButtons";
import { useLiveAnalysis } from "../useLiveAnalysis";

export const prepare: PreparePage = async (dispatch, { orderId = "" }) => {
  const { data } = await dispatch(ordersGet.initiate({ orderId }, { subscribe: false }));
  if (data?.analysis) await dispatch(getAnalysis.initiate({ orderId }, { subscribe: false }));
};

export default function AnalysisPage() {
  const { t } = useTranslation("analysis");
  const { t: tOrders } = useTranslation("orders");
  const { orderId = "" } = useParams();
  const { order, analysis, problem, retry, hasMore, loadingMore, loadMore } = useLiveAnalysis(orderId);
  const { doubtful, reviewed } = order?.progress ?? { doubtful: 0, reviewed: 0 };
  const title = order ? orderTitle(order, tOrders) : null;

  return (
    <div className="stack loose">
      <Title of={title ? `${t("title")}: ${title}` : t("title")} />
      <div className="row between top">
        <div className="stack tight grow">
          <TextLink to={routes.order(orderId)} className="no-print">
            {t("back")}
          </TextLink>
          <h1>{t("title")}</h1>
          <p className="muted wrap">{title ?? "\u00a0"}</p>
          {order && doubtful > 0 && analysis && !analysis.result.preview && (
            <p>{t("review.progress", { reviewed, doubtful })}</p>
          )}
        </div>
        {analysis && !analysis.result.preview && <ExportButtons orderId={orderId} />}
      </div>
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
          listed={order?.documents ?? []}
          more={
            hasMore && (
              <div>
                <Button variant="outlined" busy={loadingMore} onClick={loadMore}>
                  {t("more")}
                </Button>
              </div>
            )
          }
        />
      )}
    </div>
  );
}
