import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { DocumentAnalysisResponse, FactPreviewResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { headlineIn } from "@/lib/headline";
import { useKindName } from "../useKindName";
import { FactPreviewList } from "./FactPreviewList";
import { PageOutline } from "./PageOutline";

const PREVIEW = {
  borderTop: 1,
  borderColor: "divider",
  "& > summary": { display: "list-item", ml: "1.1em", pl: 0, borderTop: 0 },
  "& > summary > span:last-child": { display: "block", fontWeight: 400 },
  "& .fact": { gridTemplateColumns: "minmax(0, 1fr) auto" },
  "& .fact .fact-value": { gridColumn: "1 / -1", gridRow: 2 },
} as const;

/** A document of an unpaid order: how many facts were found, and on request which and where, without their values. */
export function DocumentPreview({ document }: { document: DocumentAnalysisResponse }) {
  const { t } = useTranslation("analysis");
  const [isOpen, setIsOpen] = useState(false);
  const { fact_count, doubtful_count } = document;
  const count = fact_count ?? 0;
  const doubtful = doubtful_count ?? 0;
  const found = t("preview.found", { count });
  if (count === 0)
    return (
      <Box sx={{ p: "10px 8px 10px 1.1em", borderTop: 1, borderColor: "divider" }}>
        <div className="wrap">{documentName(document)}</div>
        <span className="fact-aside">{found}</span>
      </Box>
    );
  return (
    <Box
      component="details"
      className="more"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      sx={PREVIEW}
    >
      <summary>
        <span className="wrap">{documentName(document)}</span>
        <span className={doubtful > 0 ? "fact-doubtful" : "fact-aside"}>
          {doubtful > 0 ? t("preview.foundDoubtful", { found, count: doubtful }) : found}
        </span>
      </summary>
      {isOpen && <Facts document={document} />}
    </Box>
  );
}

function Facts({ document }: { document: DocumentAnalysisResponse }) {
  const [selected, setSelected] = useState<FactPreviewResponse | null>(null);
  const kindName = useKindName();
  const { fact_previews: facts = [], first_page_size: size } = document;
  const headline = headlineIn(kindName(document.kind), document);
  const placed = size ? facts.filter(isPlaced) : [];
  return (
    <Stack spacing={1.5} sx={{ pb: 2 }}>
      {headline && <Muted className="wrap">{headline}</Muted>}
      {size && placed.length > 0 && <PageOutline size={size} facts={placed} selected={selected} />}
      <FactPreviewList
        document={document}
        selected={selected}
        canSelect={(fact) => size !== null && isPlaced(fact)}
        onSelect={setSelected}
      />
    </Stack>
  );
}

function isPlaced<Fact extends FactPreviewResponse>(
  fact: Fact,
): fact is Fact & { box: NonNullable<FactPreviewResponse["box"]> } {
  return fact.page === 1 && fact.box !== null;
}
