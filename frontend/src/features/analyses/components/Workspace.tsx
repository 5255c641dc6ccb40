import Box from "@mui/material/Box";
import { type CSSProperties, memo, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import type { AnalysisResultResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import type { FactOrder } from "../factSections";
import { factKey } from "../pageLocation";
import type { Selected } from "../selection";
import { useFactStepping } from "../useFactStepping";
import { PANE_LIMITS, usePaneWidths } from "../usePaneWidths";
import { usePlacing } from "../usePlacing";
import { usePreviewed } from "../usePreviewed";
import { useUnsaved } from "../useUnsaved";
import { DocumentPane } from "./DocumentPane";
import { FactPane } from "./FactPane";
import { FactSheet } from "./FactSheet";
import { PageViewer } from "./PageViewer";
import { PrintedDocuments } from "./PrintedDocuments";
import { Splitter } from "./Splitter";

interface Props {
  result: AnalysisResultResponse;
  selected: Selected;
  /** The way to load more documents. */
  more: ReactNode;
  /** Loads more documents; null: all are loaded, or some are being loaded. */
  onMore: (() => void) | null;
}

const NO_DOCUMENTS: never[] = [];

/**
 * Documents, the facts of one of them, and its page, beside each other. Where there is no room, the page is above the facts
 * and the selected fact below it, at the end of the screen. It is not drawn again when the address follows a selection.
 */
export const Workspace = memo(function Workspace({ result, selected, more, onMore }: Props) {
  const { t } = useTranslation("analysis");
  const { documents, unreadable = NO_DOCUMENTS } = result;
  const { reading, fact, page, documentId, count, select, turnTo } = selected;
  const [order, setOrder] = useState<FactOrder>("doubtful");
  const { widths, resizeDocuments, resizeFacts } = usePaneWidths();
  const placing = usePlacing(reading && fact ? factKey(reading.document_id, fact.id) : null);
  const unsaved = useUnsaved(select);
  const { previewed, preview } = usePreviewed(reading, select);
  const stepping = useFactStepping({ documents, reading, fact, order, select, onMore });

  // The address may name a document of a later page.
  const isMissing = documentId !== null && !reading && onMore !== null;
  useEffect(() => {
    if (isMissing) onMore();
  }, [isMissing, onMore]);

  const shown = documentId && reading ? t("viewer.shown", { page, name: documentName(reading) }) : null;
  const factId = fact?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another fact on the same page is announced too
  useEffect(() => {
    if (shown) announce(shown);
  }, [shown, factId]);

  return (
    <Box
      data-workspace
      sx={{
        scrollMargin: "72px 0 12px",
        // Wider than the column of the page, which stays where it is.
        "--width": "min(100vw - 48px, 1760px)",
        width: { md: "max(100%, var(--width))" },
        ml: { md: "min(0px, (100% - var(--width)) / 2)" },
        display: { xs: "flex", md: "grid" },
        flexDirection: "column",
        gap: { xs: 1.5, md: 0 },
        gridTemplate: "minmax(0, 1fr) / var(--documents) 16px var(--facts) 16px minmax(0, 1fr)",
        height: { md: "max(520px, 100dvh - 250px)" },
        "@media print": { display: "block", width: "auto", height: "auto", ml: 0 },
      }}
      style={{ "--documents": `${widths.documents}px`, "--facts": `${widths.facts}px` } as CSSProperties}
    >
      <DocumentPane
        documents={documents}
        unreadable={unreadable}
        selectedId={reading?.document_id}
        onSelect={select}
        more={more}
      />
      <Splitter
        label={t("panes.documents")}
        value={widths.documents}
        {...PANE_LIMITS.documents}
        onChange={resizeDocuments}
      />
      {reading && (
        <>
          <FactPane
            key={`facts of ${reading.document_id}`}
            reading={reading}
            selectedId={fact?.id ?? null}
            order={order}
            onOrder={setOrder}
            onSelect={select}
            previewed={previewed}
            onPreview={preview}
          >
            {!result.preview && (
              <FactSheet
                reading={reading}
                fact={fact}
                stepping={stepping}
                placing={placing}
                unsaved={unsaved}
              />
            )}
          </FactPane>
          <Splitter
            label={t("panes.facts")}
            value={widths.facts}
            {...PANE_LIMITS.facts}
            onChange={resizeFacts}
          />
          <PageViewer
            reading={reading}
            fact={fact}
            previewed={previewed}
            page={page}
            isSelected={documentId !== null}
            selections={count}
            placing={placing}
            onSelect={select}
            onPage={turnTo}
          />
          <PrintedDocuments
            documents={documents.filter((candidate) => candidate !== reading)}
            order={order}
          />
        </>
      )}
    </Box>
  );
});
