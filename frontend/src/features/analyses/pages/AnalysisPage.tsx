import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Link as To, useParams } from "react-router";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { titleOf } from "@/features/orders/title";
import { Keep } from "../components/Keep";
import { Result } from "../components/Result";
import { useLiveAnalysis } from "../live";

export default function AnalysisPage() {
  const { t } = useTranslation("analysis");
  const { t: ordersT } = useTranslation("orders");
  const { orderId = "" } = useParams();
  const { order, analysis, problem, retry } = useLiveAnalysis(orderId);
  const name = order ? titleOf(order, ordersT) : null;

  return (
    <div className="stack loose">
      <Title of={name ? `${t("title")}: ${name}` : t("title")} />
      <div className="row between top">
        <div className="stack tight grow">
          <Link component={To} to={`/orders/${orderId}`} className="no-print">
            {t("back")}
          </Link>
          <Typography variant="h1">{t("title")}</Typography>
          <p className="soft clip">{name ?? "\u00a0"}</p>
        </div>
        {analysis && !analysis.result.preview && <Keep orderId={orderId} />}
      </div>
      <ProblemAlert problem={problem} onRetry={retry} />
      {analysis?.status === "reading" && <Alert severity="info">{t("reading")}</Alert>}
      {analysis?.result.preview && (
        <Alert
          severity="info"
          action={
            <Button component={To} to={`/orders/${orderId}`} color="inherit" size="small">
              {t("preview.pay")}
            </Button>
          }
        >
          {t("preview.text")}
        </Alert>
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
      <Skeleton variant="rounded" height={420} />
      <Skeleton variant="rounded" height={420} />
    </div>
  );
}
