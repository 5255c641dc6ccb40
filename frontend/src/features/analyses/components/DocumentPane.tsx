import Box from "@mui/material/Box";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { PlainList } from "@/components/PlainList";
import type { DocumentAnalysisResponse, UnreadableDocumentResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import type { Select } from "../selection";
import { DocumentRow } from "./DocumentRow";
import { Pane, PaneScroll } from "./Pane";

interface Props {
  documents: DocumentAnalysisResponse[];
  unreadable: UnreadableDocumentResponse[];
  selectedId: string | undefined;
  onSelect: Select;
  /** The way to load more documents. */
  more: ReactNode;
}

/** The documents of the order, with those that could not be read at the end. The notices above the workspace have the reasons. */
export const DocumentPane = memo(function DocumentPane({
  documents,
  unreadable,
  selectedId,
  onSelect,
  more,
}: Props) {
  const { t } = useTranslation("analysis");
  return (
    <Pane
      component="nav"
      className="no-print"
      aria-label={t("documents.title")}
      sx={{ order: { xs: -2, md: 0 } }}
    >
      <PaneScroll>
        <PlainList
          sx={{
            flexDirection: { xs: "row", md: "column" },
            "& > li": { flex: { xs: "0 0 132px", md: "none" } },
          }}
        >
          {documents.map((reading) => (
            <DocumentRow
              key={reading.document_id}
              reading={reading}
              isSelected={reading.document_id === selectedId}
              onSelect={onSelect}
            />
          ))}
          {unreadable.map(({ document_id, ...names }) => (
            <Box component="li" key={document_id} sx={{ px: 1.5, py: 1.25 }}>
              <Muted className="wrap">{documentName(names)}</Muted>
              <span className="fact-doubtful">{t("documents.unreadable")}</span>
            </Box>
          ))}
        </PlainList>
        {more}
      </PaneScroll>
    </Pane>
  );
});
