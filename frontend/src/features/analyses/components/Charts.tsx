import { useTranslation } from "react-i18next";
import type { TimelineEntry, TotalView } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";
import type { Place } from "../pageLocation";
import { useFactName } from "./FactList";

/** Sums by currency as bars. The words beside them say the same, so the bars are hidden from screen readers. */
export function TotalsChart({ totals }: { totals: TotalView[] }) {
  const { t } = useTranslation("analysis");
  const most = Math.max(...totals.map(({ amount }) => Math.abs(amount)), 1);
  return (
    <div className="bar-chart">
      {totals.map(({ currency, amount, documents }) => (
        <div className="key" key={currency}>
          <span>{currency?.toUpperCase() ?? t("totals.noCurrency")}</span>
          <svg viewBox="0 0 100 8" height="12" preserveAspectRatio="none" aria-hidden="true">
            <rect className="chart-rail" width="100" height="8" />
            <rect className="chart-fill" width={(100 * Math.abs(amount)) / most} height="8" />
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

interface TimelineProps {
  timeline: TimelineEntry[];
  nameOf: (documentId: string) => string;
  onPlace: (place: Place) => void;
}

/** Dates on a line to scale, and the same dates as a list that leads to their pages. */
export function TimelineChart({ timeline, nameOf, onPlace }: TimelineProps) {
  const factName = useFactName();
  const dated = timeline
    .map((entry) => ({ ...entry, at: Date.parse(entry.date) }))
    .sort((one, other) => one.at - other.at);
  const first = dated[0]?.at ?? 0;
  const span = Math.max((dated.at(-1)?.at ?? 0) - first, 1);
  return (
    <div className="timeline stack">
      <svg viewBox="0 0 1000 28" aria-hidden="true">
        <rect className="chart-rail" x="8" y="13" width="984" height="2" />
        {dated.map(({ at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
          <circle key={index} className="chart-fill" cx={14 + (972 * (at - first)) / span} cy="14" r="7" />
        ))}
      </svg>
      <ol className="plain-list">
        {dated.map(({ date, name, document_id, page }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
          <li key={index}>
            <button
              type="button"
              className="fact"
              disabled={page === null}
              onClick={() =>
                page !== null &&
                onPlace({
                  documentId: document_id,
                  filename: nameOf(document_id),
                  page,
                  box: null,
                  factId: null,
                })
              }
            >
              <span className="muted">{formatDate(date)}</span>
              <span className="fact-value">
                {factName(name)} <span className="muted small">{nameOf(document_id)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
