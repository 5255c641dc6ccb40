import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import type { FactResponse, ReviewResponse } from "@/lib/api/client.generated";
import { formatPercent } from "@/lib/format";
import { HIGH_CONFIDENCE } from "../groupFacts";
import { factKey } from "../pageLocation";
import type { Select } from "../selection";
import { useFactLabel } from "../useFactLabel";
import { NormalisedValue } from "./NormalisedValue";

interface Props {
  fact: FactResponse;
  documentId: string;
  isSelected: boolean;
  onSelect: Select;
}

const COLORS: Record<ReviewResponse["verdict"], BadgeColor> = {
  accepted: "success",
  corrected: "info",
  rejected: "neutral",
};

/**
 * A fact: label, value as written, normalised value, and its review, or its confidence if that is low. A document has a thousand of them, so that
 * a row is plain elements with styles of `theme/frame.css`, and is drawn again only when it is changed or selected.
 */
export const FactRow = memo(function FactRow({ fact, documentId, isSelected, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { confidence, review } = fact;
  return (
    <button
      type="button"
      className="fact"
      data-fact={factKey(documentId, fact.id)}
      aria-pressed={isSelected}
      onClick={() => onSelect({ documentId, factId: fact.id })}
    >
      <span className="fact-name">{factLabel(fact.name)}</span>
      <span className="fact-value">
        {review?.verdict === "rejected" ? <s>{fact.value}</s> : fact.value}
        <NormalisedValue fact={fact} />
        {fact.source === "computed" && !fact.corrected && (
          <span className="fact-aside"> · {t("computed")}</span>
        )}
      </span>
      {review ? (
        <Badge color={COLORS[review.verdict]}>{t(`review.verdict.${review.verdict}`)}</Badge>
      ) : (
        confidence < HIGH_CONFIDENCE && (
          <span className="fact-doubtful">{t("confidence", { percent: formatPercent(confidence) })}</span>
        )
      )}
    </button>
  );
});
