import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { ordersGet } from "@/features/orders/api";
import { orderTitle } from "@/features/orders/orderTitle";
import type { PreparePage } from "@/lib/preparePage";
import { analysesGet } from "../api";
import { ExportButtons } from "../components/ExportButtons";
import { Result } from "../components/Result";
import { useLiveAnalysis } from "../useLiveAnalysis";

export const prepare: PreparePage = async (dispatch, { orderId = "" }) => {
  const { data } = await dispatch(ordersGet.initiate({ orderId }, { subscribe: false }));
  if (data?.analysis) await dispatch(analysesGet.initiate({ orderId }, { subscribe: false }));
};

export default function AnalysisPage() {
  const { t } = useTranslation("analysis");
  const { t: ordersT } = useTranslation("orders");
  const { orderId = "" } = useParams();
  const { order, analysis, problem, retry } = useLiveAnalysis(orderId);
  const name = order ? orderTitle(order, ordersT) : null;

  return (
    <div className="stack loose">
      <Title of={name ? `${t("title")}: ${name}` : t("title")} />
      <div className="row between top">
        <div className="stack tight grow">
          <Link to={`/orders/${orderId}`} className="no-print">
            {t("back")}
          </Link>
          <h1>{t("title")}</h1>
          <p className="muted wrap">{name ?? "\u00a0"}</p>
        </div>
        {analysis && !analysis.result.preview && <ExportButtons orderId={orderId} />}
      </div>
      <ProblemAlert problem={problem} onRetry={retry} />
      {analysis?.status === "reading" && <Notice severity="info">{t("reading")}</Notice>}
      {analysis?.result.preview && (
        <Notice
          severity="info"
          action={
            <ButtonLink to={`/orders/${orderId}`} color="neutral" size="small">
              {t("preview.pay")}
            </ButtonLink>
          }
        >
          {t("preview.text")}
        </Notice>
      )}
      {!analysis && !problem && <AnalysisSkeleton />}
      {analysis && <Result result={analysis.result} />}
    </div>
  );
}

function AnalysisSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="analysis" role="status" aria-label={t("loading")}>
      <span className="skeleton page-picture" />
      <span className="skeleton page-picture" />
    </div>
  );
}
