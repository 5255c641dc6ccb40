import Typography from "@mui/material/Typography";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlainList } from "@/components/PlainList";
import type { FactResponse } from "@/lib/api/client.generated";
import type { FactSection } from "../factSections";
import type { Select } from "../selection";
import { FactRow } from "./FactRow";

/** So many rows are drawn again when one of them is selected: a document has a thousand. */
const ROWS_OF_GROUP = 40;

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
export function FactList({ sections, isSearch, heading, selectedId, ...rest }: Props) {
  return sections.map(({ name, facts }) => {
    const props = { facts, selectedId: selectedIn(facts, selectedId), ...rest };
    return name === "other" && !isSearch ? (
      <OtherFacts key={name} {...props} />
    ) : (
      <SectionOfFacts key={name} name={name} heading={heading} {...props} />
    );
  });
}

/** The selected fact if it is one of these: what has none of it stays as it is. */
function selectedIn(facts: FactResponse[], selectedId: string | null): string | null {
  return facts.some(({ id }) => id === selectedId) ? selectedId : null;
}

interface RowsProps extends Pick<Props, "documentId" | "selectedId" | "onSelect"> {
  facts: FactResponse[];
}

interface SectionProps extends RowsProps, Pick<FactSection, "name">, Pick<Props, "heading"> {}

const SectionOfFacts = memo(function SectionOfFacts({ name, heading, ...rows }: SectionProps) {
  const { t } = useTranslation("analysis");
  return (
    <div>
      <Typography variant={heading}>{t(`sections.${name}`)}</Typography>
      <FactRows {...rows} />
    </div>
  );
});

/** Collapsed until it is opened or one of its facts is selected, and open from then on. */
const OtherFacts = memo(function OtherFacts(props: RowsProps) {
  const { t } = useTranslation("analysis");
  const { facts, selectedId } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="more"
      open={isOpen || selectedId !== null}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{t("moreFacts", { count: facts.length })}</summary>
      <FactRows {...props} />
    </details>
  );
});

function FactRows({ facts, selectedId, ...rest }: RowsProps) {
  const groups = useMemo(() => groupsOf(facts), [facts]);
  return (
    <PlainList>
      {groups.map((group) => (
        <GroupOfRows key={group[0]?.id} facts={group} selectedId={selectedIn(group, selectedId)} {...rest} />
      ))}
    </PlainList>
  );
}

function groupsOf(facts: FactResponse[]): FactResponse[][] {
  const count = Math.ceil(facts.length / ROWS_OF_GROUP);
  return Array.from({ length: count }, (_, at) => facts.slice(at * ROWS_OF_GROUP, (at + 1) * ROWS_OF_GROUP));
}

const GroupOfRows = memo(function GroupOfRows({ facts, documentId, selectedId, onSelect }: RowsProps) {
  return facts.map((fact) => (
    <li key={fact.id}>
      <FactRow fact={fact} documentId={documentId} isSelected={fact.id === selectedId} onSelect={onSelect} />
    </li>
  ));
});
