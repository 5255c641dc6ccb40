import Skeleton from "@mui/material/Skeleton";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useDocumentsGetQuery } from "@/features/documents/api/getDocument";
import type { DocumentAnalysisResponse, FactPreviewResponse, FactResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { useDocumentsGetPageTextQuery } from "../api/getPageText";
import { isPageAboveFacts, showWorkspace } from "../pageLocation";
import { wordsOf } from "../pageWords";
import type { Select } from "../selection";
import { usePageView } from "../usePageView";
import type { Placing } from "../usePlacing";
import { type BoxedFact, FactBoxes, FactHighlight } from "./FactHighlight";
import { PageImage } from "./PageImage";
import { PageStage } from "./PageStage";
import { PageText } from "./PageText";
import { PageThumbnails } from "./PageThumbnails";
import { PageToolbar } from "./PageToolbar";
import { Pane } from "./Pane";
import { PlaceLayer } from "./PlaceLayer";
import { WordLayer } from "./WordLayer";

interface Props {
  reading: DocumentAnalysisResponse;
  fact: FactResponse | null;
  /** Of a preview: the fact whose place is shown. */
  previewed: FactPreviewResponse | null;
  page: number;
  /** Something was selected: on a narrow screen the page is scrolled to. */
  isSelected: boolean;
  /** How often something was selected. Each time scrolls to the place of the fact. */
  selections: number;
  placing: Placing;
  onSelect: Select;
  onPage: (page: number) => void;
}

/** The image of a page, with the location of the selected fact highlighted, or of all. */
export function PageViewer(props: Props) {
  const { reading, fact, previewed, page, isSelected, selections, placing, onSelect, onPage } = props;
  const { t } = useTranslation("analysis");
  const { document_id: documentId, facts } = reading;
  const query = useDocumentsGetQuery({ documentId });
  // Not the pages of the document before, while those of this one are on their way.
  const { currentData: data, error, refetch, isFetching, fulfilledTimeStamp } = query;
  const view = usePageView();
  const pages = data?.pages ?? [];
  const viewer = useRef<HTMLElement>(null);
  const image = pages.find(({ number }) => number === page);
  const hasImage = image !== undefined;
  // A preview has no text.
  const skip = !hasImage || !reading.etag;
  const pageText = useDocumentsGetPageTextQuery({ documentId, page }, { skip });
  const { currentData: text } = pageText;
  const words = useMemo(() => (text ? wordsOf(text) : []), [text]);
  const { mode } = placing;
  const marked = fact ?? previewed;
  const box = marked?.page === page ? marked.box : null;
  const ofPage = useMemo(() => facts?.filter((candidate) => candidate.page === page) ?? [], [facts, page]);
  const previews = useMemo(
    () => reading.fact_previews?.filter((candidate) => candidate.page === page).map(asBoxed) ?? [],
    [reading, page],
  );
  const selectFact = useCallback(
    ({ id }: BoxedFact) => onSelect({ documentId, factId: id }),
    [onSelect, documentId],
  );

  // Scrolls to the highlight, and, where the viewer is above the facts, to the viewer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each selection scrolls, even on the same page
  useEffect(() => {
    if (!isSelected) return;
    const behavior = scrollBehavior();
    viewer.current?.querySelector(".highlight rect")?.scrollIntoView({ block: "nearest", behavior });
    // With the whole viewer on the screen its tools are in reach.
    if (isPageAboveFacts()) viewer.current?.scrollIntoView({ block: "start", behavior });
    else showWorkspace(viewer.current);
  }, [documentId, fact?.id, page, selections, hasImage, view.zoom, view.quarters]);

  return (
    <Pane
      ref={viewer}
      className="no-print"
      aria-label={t("viewer.title")}
      sx={{
        order: { xs: -1, md: 0 },
        height: { xs: "62dvh", md: "auto" },
        "@media print": { display: "none" },
      }}
    >
      <PageToolbar page={page} pageCount={Math.max(pages.length, page)} view={view} onPage={onPage} />
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {mode === "words" && <ProblemAlert problem={pageText.error} onRetry={() => void pageText.refetch()} />}
      {mode === "words" && text && words.length === 0 && <Muted sx={{ p: 2 }}>{t("words.none")}</Muted>}
      {!data && isFetching && <Skeleton height={420} />}
      {data && !image && <Muted sx={{ p: 2 }}>{t("viewer.noImage")}</Muted>}
      {image && (
        <PageStage name={`${documentId}/${page}`} image={image} view={view} isStill={mode !== null}>
          <PageImage
            key={`${documentId}/${page}`}
            image={image}
            fetchedAt={fulfilledTimeStamp}
            alt={t("viewer.alt", { page, name: documentName(reading) })}
            refreshing={isFetching}
            quiet={error !== undefined}
            onRefresh={() => void refetch()}
          >
            {text && image && mode === null && <PageText text={text} image={image} />}
            {view.hasBoxes && mode === null && <FactBoxes facts={ofPage} onSelect={selectFact} />}
            {view.hasBoxes && previews.length > 0 && <FactBoxes facts={previews} />}
            {box && <FactHighlight box={box} label={t("viewer.mark")} />}
            {mode === "words" && fact && (
              <WordLayer
                key={page}
                page={page}
                quarters={view.quarters}
                words={words}
                near={box}
                place={placing.place}
                onPlace={placing.put}
                onClose={() => placing.setMode(null)}
              />
            )}
            {mode === "box" && fact && (
              <PlaceLayer
                page={page}
                quarters={view.quarters}
                of={fact}
                facts={ofPage}
                place={placing.place}
                onPlace={placing.put}
                onClose={() => placing.setMode(null)}
              />
            )}
          </PageImage>
        </PageStage>
      )}
      {pages.length > 1 && <PageThumbnails pages={pages} page={page} onPage={onPage} />}
    </Pane>
  );
}

/** A fact of a preview has no id, and dots in place of its value. */
function asBoxed({ name, masked_value, box }: FactPreviewResponse, at: number): BoxedFact {
  return { id: String(at), name, value: masked_value, box };
}
