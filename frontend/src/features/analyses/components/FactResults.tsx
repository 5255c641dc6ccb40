import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { memo, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { headlineIn } from "@/lib/headline";
import { documentParts } from "../documentParts";
import { type FactOrder, factSections } from "../factSections";
import type { Select } from "../selection";
import { useFactLabel } from "../useFactLabel";
import { useKindName } from "../useKindName";
import { DocumentNotices } from "./DocumentNotices";
import { FactList } from "./FactList";
import { PartContent } from "./PartContent";
import { SegmentHead } from "./SegmentHead";

interface Props {
  reading: DocumentAnalysisResponse;
  selectedId: string | null;
  order: FactOrder;
  /** Only facts with these words are shown. */
  query: string;
  onSelect: Select;
}

/** What was found, of which only the rows are drawn again that a selection changes. */
export const FactResults = memo(function FactResults({ reading, selectedId, order, query, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const id = useId();
  const factLabel = useFactLabel();
  const kindName = useKindName();
  const parts = useMemo(() => documentParts(reading), [reading]);
  const sections = useMemo(() => {
    const sought = query.trim().toLocaleLowerCase();
    const isFound = ({ name, value }: FactResponse) =>
      sought === "" || `${factLabel(name)} ${value}`.toLocaleLowerCase().includes(sought);
    return parts.map((part) => factSections(part, order, isFound));
  }, [parts, order, query, factLabel]);
  const isSearch = query.trim() !== "";
  const documentId = reading.document_id;
  const headline = headlineIn(kindName(reading.kind), reading);

  return (
    <Stack spacing={2} sx={{ p: 2 }}>
      {!isSearch && parts.every(({ segment }) => !segment) && headline && (
        <Typography className="wrap">{headline}</Typography>
      )}
      {!isSearch && <DocumentNotices reading={reading} />}
      {isSearch && sections.every((found) => found.length === 0) && <Muted>{t("search.none")}</Muted>}
      {parts.map((part, index) => {
        const heading = part.segment ? "h4" : "h3";
        const content = (
          <>
            <FactList
              sections={sections[index] ?? []}
              documentId={documentId}
              selectedId={selectedId}
              isSearch={isSearch}
              heading={heading}
              onSelect={onSelect}
            />
            {/* Hidden and not gone, since line items may be edited. */}
            <Stack spacing={2} style={isSearch ? { display: "none" } : {}}>
              <PartContent reading={reading} part={part} heading={heading} />
            </Stack>
          </>
        );
        const { segment } = part;
        return segment ? (
          <Stack
            spacing={2}
            component="section"
            sx={index > 0 ? { borderTop: "1px solid", borderColor: "divider", pt: 2 } : {}}
            key={segment.first_page}
            aria-labelledby={`${id}-${index}`}
          >
            <SegmentHead
              id={`${id}-${index}`}
              number={index + 1}
              segment={segment}
              documentId={documentId}
              onSelect={onSelect}
            />
            {content}
          </Stack>
        ) : (
          <Stack spacing={2} key="whole">
            {content}
          </Stack>
        );
      })}
    </Stack>
  );
});
