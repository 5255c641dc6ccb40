import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { PlainList } from "@/components/PlainList";
import type { DocumentAnalysisResponse, FactPreviewResponse } from "@/lib/api/client.generated";
import { FactPreviewRow } from "./FactPreviewRow";

interface Props {
  document: DocumentAnalysisResponse;
  selected: FactPreviewResponse | null;
  /** Whether the place of a fact can be shown. */
  canSelect: (fact: FactPreviewResponse) => boolean;
  onSelect: (fact: FactPreviewResponse | null) => void;
}

/** The facts of a document of an unpaid order, with dots in place of their values, and how many more there are. */
export function FactPreviewList({ document, selected, canSelect, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const { fact_previews: facts = [], fact_count } = document;
  const more = (fact_count ?? 0) - facts.length;
  return (
    <>
      <PlainList>
        {facts.map((fact, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a preview do not change
          <li key={at}>
            <FactPreviewRow
              fact={fact}
              isSelected={fact === selected}
              onSelect={canSelect(fact) ? onSelect : null}
            />
          </li>
        ))}
      </PlainList>
      {more > 0 && <Muted small>{t("preview.moreFacts", { count: more })}</Muted>}
      <Muted small>{t("preview.masked")}</Muted>
    </>
  );
}
