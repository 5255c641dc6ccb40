import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import type { DocumentAnalysisResponse, FactResponse, ReviewResponse } from "@/lib/api/client.generated";
import { formatPercent } from "@/lib/format";
import { factIdOf, locationOf, type PageLocation } from "../pageLocation";
import { useFactLabel } from "../useFactLabel";
import { NormalisedValue } from "./NormalisedValue";

const FactReview = lazy(() => import("./FactReview"));

interface Props {
  fact: FactResponse;
  reading: DocumentAnalysisResponse;
  /** The location that the page viewer shows. */
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

const HIGH_CONFIDENCE = 0.9;
const COLORS: Record<ReviewResponse["verdict"], BadgeColor> = {
  accepted: "success",
  corrected: "info",
  rejected: "neutral",
};

/** A fact: label, value as written, normalised value, and confidence or review. The selected one can be reviewed. */
export function FactRow({ fact, reading, location, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const [isOpen, setIsOpen] = useState(false);
  const { confidence, review } = fact;
  const factLocation = locationOf(reading, fact);
  const factId = factIdOf(reading, fact);
  // A fact without a page has no location that could be selected.
  const isSelected = factLocation ? location?.factId === factId : isOpen;
  return (
    <>
      <button
        type="button"
        className="fact"
        data-fact={factId}
        aria-pressed={isSelected}
        onClick={() => (factLocation ? onSelect(factLocation) : setIsOpen(!isOpen))}
      >
        <span className="muted">{factLabel(fact.name)}</span>
        <span className="fact-value">
          {review?.verdict === "rejected" ? <s>{fact.value}</s> : fact.value}
          <NormalisedValue fact={fact} />
          {fact.source === "computed" && !fact.corrected && (
            <span className="muted small"> · {t("computed")}</span>
          )}
        </span>
        {review ? (
          <Badge color={COLORS[review.verdict]}>{t(`review.verdict.${review.verdict}`)}</Badge>
        ) : (
          <span className={`small number ${confidence >= HIGH_CONFIDENCE ? "text-success" : "text-warning"}`}>
            {t("confidence", { percent: formatPercent(confidence) })}
          </span>
        )}
      </button>
      {isSelected && reading.etag && (
        <Suspense>
          <FactReview key={fact.id} fact={fact} documentId={reading.document_id} etag={reading.etag} />
        </Suspense>
      )}
    </>
  );
}
