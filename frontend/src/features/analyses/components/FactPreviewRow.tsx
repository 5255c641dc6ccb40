import { useTranslation } from "react-i18next";
import type { FactPreviewResponse } from "@/lib/api/client.generated";
import { formatPercent } from "@/lib/format";
import { useFactLabel } from "../useFactLabel";

interface Props {
  fact: FactPreviewResponse;
  isSelected: boolean;
  /** Null: it is not on the outline of the page. */
  onSelect: ((fact: FactPreviewResponse | null) => void) | null;
}

/** A fact without its value: name, dots, page and confidence. One that is on the outline of the page is marked there. */
export function FactPreviewRow({ fact, isSelected, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const { name, masked_value, page, confidence, doubtful } = fact;
  const content = (
    <>
      <span className="fact-name">{factLabel(name)}</span>
      <span className="fact-value">
        <span aria-hidden="true">{masked_value}</span>
        <span className="visually-hidden">{t("preview.hidden")}</span>
        {page !== null && <span className="fact-aside"> · {t("segment.page", { page })}</span>}
      </span>
      <span className={doubtful ? "fact-doubtful" : "fact-certain"}>
        {t("confidence", { percent: formatPercent(confidence) })}
      </span>
    </>
  );
  if (!onSelect) return <div className="fact">{content}</div>;
  return (
    <button
      type="button"
      className="fact"
      aria-pressed={isSelected}
      onClick={() => onSelect(isSelected ? null : fact)}
    >
      {content}
    </button>
  );
}
