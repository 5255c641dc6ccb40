import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useDocumentsGetQuery } from "@/features/documents/api/getDocument";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { isPageAboveFacts, type PageLocation } from "../pageLocation";
import { FactHighlight } from "./FactHighlight";
import { PageImage } from "./PageImage";

interface Props {
  location: PageLocation;
  onPage: (page: number) => void;
}

/** The image of a page, with the location of a fact highlighted. */
export function PageViewer({ location, onPage }: Props) {
  const { t } = useTranslation("analysis");
  const { documentId, filename, page, box } = location;
  const { data, error, refetch, isFetching, fulfilledTimeStamp } = useDocumentsGetQuery({ documentId });
  const pageCount = data?.pages.length ?? 0;
  const viewer = useRef<HTMLElement>(null);
  const image = data?.pages.find(({ number }) => number === page);
  const hasImage = image !== undefined;

  // Scrolls to the highlight, or, where the viewer is above the facts, to the viewer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each selection scrolls, even on the same page
  useEffect(() => {
    const above = isPageAboveFacts();
    const highlight = viewer.current?.querySelector("rect");
    if (highlight)
      highlight.scrollIntoView({ block: above ? "center" : "nearest", behavior: scrollBehavior() });
    else if (above) viewer.current?.scrollIntoView({ block: "start", behavior: scrollBehavior() });
  }, [location, hasImage]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="card stack viewer" ref={viewer} aria-label={t("viewer.title")} tabIndex={0}>
      <div className="row between">
        <h2 className="small-head wrap grow">{filename}</h2>
        <span className="muted small">{t("viewer.page", { page, count: pageCount || page })}</span>
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && isFetching && <span className="skeleton page-placeholder" />}
      {data && !image && <p className="muted">{t("viewer.noImage")}</p>}
      {image && (
        <PageImage
          key={`${documentId}/${page}`}
          image={image}
          fetchedAt={fulfilledTimeStamp}
          alt={t("viewer.alt", { page, name: filename })}
          refreshing={isFetching}
          quiet={error !== undefined}
          onRefresh={() => void refetch()}
        >
          {box && <FactHighlight box={box} label={t("viewer.mark")} />}
        </PageImage>
      )}
      {pageCount > 1 && (
        <div className="row between">
          <Button size="small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t("viewer.previous")}
          </Button>
          <Button size="small" disabled={page >= pageCount} onClick={() => onPage(page + 1)}>
            {t("viewer.next")}
          </Button>
        </div>
      )}
    </section>
  );
}
