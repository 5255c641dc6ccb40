import { useTranslation } from "react-i18next";
import type { TotalResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

/** Totals by currency as bars. The text beside each bar holds the same values, so the bars are hidden from readers. */
export function TotalsChart({ totals }: { totals: TotalResponse[] }) {
  const { t } = useTranslation("analysis");
  const largest = Math.max(...totals.map(({ amount }) => Math.abs(amount)), 1);
  return (
    <div className="bar-chart">
      {totals.map(({ currency, amount, documents }) => (
        <div className="key" key={currency}>
          <span>{currency?.toUpperCase() ?? t("totals.noCurrency")}</span>
          <svg viewBox="0 0 100 8" height="12" preserveAspectRatio="none" aria-hidden="true">
            <rect className="chart-rail" width="100" height="8" />
            <rect className="chart-fill" width={(100 * Math.abs(amount)) / largest} height="8" />
          </svg>
          <span className="number">
            {formatMoney(amount, currency)}
            <br />
            <span className="muted small">{t("totals.from", { count: documents })}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
