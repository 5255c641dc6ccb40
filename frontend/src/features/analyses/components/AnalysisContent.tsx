import { memo, type ReactNode, useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Columns } from "@/components/Columns";
import type { AnalysisResultResponse, DocumentResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { type Selection, useSelection } from "../selection";
import { ResultNotices } from "./ResultNotices";
import { Section } from "./Section";
import { TimelineChart } from "./TimelineChart";
import { TotalsList } from "./TotalsList";
import { Workspace } from "./Workspace";

interface Props {
  result: AnalysisResultResponse;
  /** Documents of the order, which name those that the result mentions and does not hold. */
  listed: DocumentResponse[];
  /** The way to load more documents. */
  more: ReactNode;
  onMore: (() => void) | null;
}

/** The result of an analysis: notices first, then the workspace, then what follows from all documents. */
export const AnalysisContent = memo(function AnalysisContent({ result, listed, more, onMore }: Props) {
  const { t } = useTranslation("analysis");
  const { documents, totals, timeline } = result;
  const selected = useSelection(documents);
  const { select } = selected;
  const documentNameOf = useMemo(() => {
    const names = new Map([
      ...listed.map((document) => [document.id, documentName(document)] as const),
      ...documents.map((document) => [document.document_id, documentName(document)] as const),
    ]);
    return (id: string) => names.get(id) ?? id;
  }, [listed, documents]);

  const workspace = useRef<HTMLDivElement>(null);
  const selectAndShow = useCallback(
    (selection: Selection) => {
      select(selection);
      workspace.current?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
    },
    [select],
  );

  // A selection draws only the workspace again.
  const notices = useMemo(
    () => <ResultNotices result={result} documentNameOf={documentNameOf} onSelect={selectAndShow} />,
    [result, documentNameOf, selectAndShow],
  );
  const overview = useMemo(
    () => (
      <Columns>
        {totals && totals.length > 0 && (
          <Section title={t("totals.title")}>
            <TotalsList totals={totals} />
          </Section>
        )}
        {timeline && timeline.length > 0 && (
          <Section title={t("timeline.title")}>
            <TimelineChart timeline={timeline} documentNameOf={documentNameOf} onSelect={selectAndShow} />
          </Section>
        )}
      </Columns>
    ),
    [totals, timeline, documentNameOf, selectAndShow, t],
  );

  return (
    <>
      {notices}
      <div ref={workspace} style={{ scrollMarginTop: 72 }}>
        <Workspace result={result} selected={selected} more={more} onMore={onMore} />
      </div>
      {overview}
    </>
  );
});
