import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { isAnalysisOpen } from "@/features/payments/paymentOutcome";
import type { OrderResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";

/** The link to the analysis or its preview, once a document has been read. */
export function AnalysisPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const isReady = order.progress.ready > 0;
  if (!isReady || order.status === "cancelled") return null;
  const open = isAnalysisOpen(order);
  const closed = order.status === "completed" && !open;
  return (
    <section className="card stack" aria-labelledby="analysis">
      <h2 id="analysis">{t("analysis.title")}</h2>
      <p className="muted">{t(open ? "analysis.full" : closed ? "analysis.closed" : "analysis.preview")}</p>
      <div>
        <ButtonLink to={routes.analysis(order.id)} variant={open ? "contained" : "outlined"}>
          {t(open ? "analysis.open" : "analysis.look")}
        </ButtonLink>
      </div>
    </section>
  );
}
