import { useTranslation } from "react-i18next";
import type { AnalysisResult } from "@/lib/api/model";
import { day, money } from "@/lib/format";
import { useFactName } from "./Facts";

type Totals = NonNullable<AnalysisResult["totals"]>;
type Timeline = NonNullable<AnalysisResult["timeline"]>;

/** Sums by currency as bars. The words beside them say the same, so the bars are hidden from screen readers. */
export function TotalsChart({ totals }: { totals: Totals }) {
  const most = Math.max(...totals.map(({ amount }) => Math.abs(amount)), 1);
  return (
    <div className="bar-chart">
      {totals.map(({ currency, amount }) => (
        <div className="key" key={currency}>
          <span>{currency.toUpperCase()}</span>
          <svg viewBox="0 0 100 8" height="12" preserveAspectRatio="none" aria-hidden="true">
            <rect className="chart-rail" width="100" height="8" />
            <rect className="chart-fill" width={(100 * Math.abs(amount)) / most} height="8" />
          </svg>
          <span className="number">{money(amount, currency)}</span>
        </div>
      ))}
    </div>
  );
}

/** Dates on a line to scale, and the same dates as a list. */
export function TimelineChart({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation("analysis");
  const nameOf = useFactName();
  const dated = timeline
    .map((entry) => ({ ...entry, at: Date.parse(entry.date) }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((one, other) => one.at - other.at);
  const first = dated[0];
  const last = dated.at(-1);
  if (!first || !last) return <p className="soft">{t("timeline.none")}</p>;
  const span = Math.max(last.at - first.at, 1);
  return (
    <div className="timeline stack">
      <svg viewBox="0 0 1000 28" aria-hidden="true">
        <rect className="chart-rail" x="8" y="13" width="984" height="2" />
        {dated.map(({ at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
          <circle key={index} className="chart-fill" cx={14 + (972 * (at - first.at)) / span} cy="14" r="7" />
        ))}
      </svg>
      <ol className="plain stack tight">
        {dated.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
          <li key={index} className="row">
            <span className="number soft">{day(entry.date)}</span>
            <span className="clip">{entry.label ?? nameOf(entry.name ?? "date")}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
