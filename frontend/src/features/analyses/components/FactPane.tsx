import Stack from "@mui/material/Stack";
import { type ReactNode, useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentAnalysisResponse, FactPreviewResponse } from "@/lib/api/client.generated";
import type { FactOrder } from "../factSections";
import type { Select } from "../selection";
import { FactFilter } from "./FactFilter";
import { FactPaneHead } from "./FactPaneHead";
import { FactPreviewList } from "./FactPreviewList";
import { FactResults } from "./FactResults";
import { Pane, PaneScroll } from "./Pane";

const PREVIEWS = { px: 2, pb: 2 };

interface Props {
  reading: DocumentAnalysisResponse;
  selectedId: string | null;
  order: FactOrder;
  onOrder: (order: FactOrder) => void;
  onSelect: Select;
  /** Of a preview: the fact whose place is shown. */
  previewed: FactPreviewResponse | null;
  onPreview: (fact: FactPreviewResponse | null) => void;
  /** Below the list, always in reach. */
  children: ReactNode;
}

/**
 * One file of the analysis: kind, warnings, facts, line items, tables and summary. The documents of a file that has
 * several follow one after another.
 */
export function FactPane(props: Props) {
  const { reading, selectedId, order, onOrder, onSelect, previewed, onPreview, children } = props;
  const { t } = useTranslation("analysis");
  const id = useId();
  const [query, setQuery] = useState("");
  // Typing is answered before the list is.
  const sought = useDeferredValue(query);
  const { facts = [], fact_previews: previews = [] } = reading;

  return (
    <Pane aria-labelledby={id}>
      <Stack spacing={1.5} sx={{ p: 2, pb: 1.5, borderBottom: "1px solid", borderColor: "divider" }}>
        <FactPaneHead reading={reading} id={id} />
        {facts.length > 0 && <FactFilter query={query} order={order} onQuery={setQuery} onOrder={onOrder} />}
      </Stack>
      {/* A region that scrolls must be reachable by keyboard. */}
      <PaneScroll component="section" tabIndex={0} aria-label={t("factsTitle")}>
        <FactResults
          reading={reading}
          selectedId={selectedId}
          order={order}
          query={sought}
          onSelect={onSelect}
        />
        {previews.length > 0 && (
          <Stack spacing={1.5} sx={PREVIEWS}>
            <FactPreviewList
              document={reading}
              selected={previewed}
              canSelect={({ page, box }) => page !== null && box !== null}
              onSelect={onPreview}
            />
          </Stack>
        )}
      </PaneScroll>
      {children}
    </Pane>
  );
}
