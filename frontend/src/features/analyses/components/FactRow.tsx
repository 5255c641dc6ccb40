import { useTranslation } from "react-i18next";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { formatPercent } from "@/lib/format";
import { factIdOf, locationOf, type PageLocation } from "../pageLocation";
import { useFactLabel } from "../useFactLabel";
import { NormalisedValue } from "./NormalisedValue";

interface Props {
  fact: FactResponse;
  reading: DocumentAnalysisResponse;
  /** The location that the page viewer shows. */
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

const HIGH_CONFIDENCE = 0.9;

/** A fact: label, value as written, normalised value, and confidence. */
export function FactRow({ fact, reading, location, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { confidence } = fact;
  const factLocation = locationOf(reading, fact);
  const factId = factIdOf(reading, fact);
  return (
    <button
      type="button"
      className="fact"
      disabled={factLocation === null}
      data-fact={factId}
      aria-pressed={location?.factId === factId}
      onClick={() => factLocation && onSelect(factLocation)}
    >
      <span className="muted">{factLabel(fact.name)}</span>
      <span className="fact-value">
        {fact.value}
        <NormalisedValue fact={fact} />
        {fact.source === "computed" && <span className="muted small"> · {t("computed")}</span>}
      </span>
      <span className={`small number ${confidence >= HIGH_CONFIDENCE ? "text-success" : "text-warning"}`}>
        {t("confidence", { percent: formatPercent(confidence) })}
      </span>
    </button>
  );
}
