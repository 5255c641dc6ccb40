import { useTranslation } from "react-i18next";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import type { DocumentPart } from "../documentParts";
import { groupFacts } from "../groupFacts";
import type { PageLocation } from "../pageLocation";
import { FactRow } from "./FactRow";

interface Props {
  part: DocumentPart;
  reading: DocumentAnalysisResponse;
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

/** The facts of a document, whose file `reading` is. Selecting one shows its location on the page. Secondary facts are collapsed. */
export function FactList({ part, reading, location, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const { primary, secondary } = groupFacts(part);
  const list = (facts: FactResponse[]) => (
    <ul className="plain-list">
      {facts.map((fact) => (
        <li key={fact.id}>
          <FactRow fact={fact} reading={reading} location={location} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
  return (
    <div>
      {list(primary)}
      {secondary.length > 0 && (
        <details className="more">
          <summary>{t("moreFacts", { count: secondary.length })}</summary>
          {list(secondary)}
        </details>
      )}
    </div>
  );
}
