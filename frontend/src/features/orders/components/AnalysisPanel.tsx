import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/components/ButtonLink";
import { isAnalysisOpen } from "@/features/payments/paymentOutcome";
import type { OrderResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { isPaidElsewhere } from "../orderState";

/** The link to the analysis or its preview, once a document has been read. */
export function AnalysisPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const isReady = order.progress.ready > 0;
  if (!isReady || order.status === "cancelled") return null;
  const open = isAnalysisOpen(order);
  const isClosed = order.status === "completed" && !open;
  const unpaidKey = isPaidElsewhere(order) ? "analysis.paidElsewhere" : "analysis.preview";
  const textKey = open ? "analysis.full" : isClosed ? "analysis.closed" : unpaidKey;
  return (
    <section className="card stack" aria-labelledby="analysis">
      <h2 id="analysis">{t("analysis.title")}</h2>
      <p className="muted">{t(textKey)}</p>
      <div>
        <ButtonLink to={routes.analysis(order.id)} variant={open ? "contained" : "outlined"}>
          {t(open ? "analysis.open" : "analysis.look")}
        </ButtonLink>
      </div>
    </section>
  );
}
