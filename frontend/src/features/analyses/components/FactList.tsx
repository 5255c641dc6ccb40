import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PlainList } from "@/components/PlainList";
import type { FactResponse } from "@/lib/api/client.generated";
import type { FactSection } from "../factSections";
import type { Select } from "../selection";
import { FactRow } from "./FactRow";

interface Props {
  sections: FactSection[];
  documentId: string;
  selectedId: string | null;
  /** The section of other facts is open. */
  isSearch: boolean;
  heading: "h3" | "h4";
  onSelect: Select;
}

/** The facts of a document in sections. Selecting one shows its location on the page. Other facts are collapsed. */
export function FactList({ sections, isSearch, heading, ...rest }: Props) {
  const { t } = useTranslation("analysis");
  return sections.map(({ name, facts }) =>
    name === "other" && !isSearch ? (
      <OtherFacts key={name} facts={facts} {...rest} />
    ) : (
      <div key={name}>
        <Typography variant={heading}>{t(`sections.${name}`)}</Typography>
        <FactRows facts={facts} {...rest} />
      </div>
    ),
  );
}

interface RowsProps extends Pick<Props, "documentId" | "selectedId" | "onSelect"> {
  facts: FactResponse[];
}

/** Collapsed until it is opened or one of its facts is selected, and open from then on. */
function OtherFacts(props: RowsProps) {
  const { t } = useTranslation("analysis");
  const { facts, selectedId } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="more"
      open={isOpen || facts.some(({ id }) => id === selectedId)}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t("moreFacts", { count: facts.length })}</summary>
      <FactRows {...props} />
    </details>
  );
}

function FactRows({ facts, documentId, selectedId, onSelect }: RowsProps) {
  return (
    <PlainList>
      {facts.map((fact) => (
        <li key={fact.id}>
          <FactRow
            fact={fact}
            documentId={documentId}
            isSelected={fact.id === selectedId}
            onSelect={onSelect}
          />
        </li>
      ))}
    </PlainList>
  );
}
