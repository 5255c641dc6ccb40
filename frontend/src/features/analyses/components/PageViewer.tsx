import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useDocumentsGetQuery } from "@/features/documents/api";
import type { Box } from "@/lib/api/client.generated";
import { motion } from "@/lib/scrollBehavior";
import { isPageAboveFacts, type Place } from "../pageLocation";
import { PagePicture } from "./PagePicture";

interface Props {
  place: Place;
  onPage: (page: number) => void;
}

/** A page as a picture, with the place of a fact drawn on it. */
export function PageViewer({ place, onPage }: Props) {
  const { t } = useTranslation("analysis");
  const { data, error, refetch, isFetching, fulfilledTimeStamp } = useDocumentsGetQuery({
    documentId: place.documentId,
  });
  const count = data?.pages.length ?? 0;
  const self = useRef<HTMLElement>(null);
  const picture = data?.pages.find(({ number }) => number === place.page);
  const shown = picture !== undefined;

  // The place of a chosen fact is brought into sight, also where the page stands above the facts instead of beside.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every choice of a place counts, even of the same page
  useEffect(() => {
    const above = isPageAboveFacts();
    const mark = self.current?.querySelector("rect");
    if (mark) mark.scrollIntoView({ block: above ? "center" : "nearest", behavior: motion() });
    else if (above) self.current?.scrollIntoView({ block: "start", behavior: motion() });
  }, [place, shown]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
    <section className="card stack viewer" ref={self} aria-label={t("viewer.title")} tabIndex={0}>
      <div className="row between">
        <h2 className="small-head wrap grow">{place.filename}</h2>
        <span className="muted small">
          {t("viewer.page", { page: place.page, count: count || place.page })}
        </span>
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && isFetching && <span className="skeleton page-picture" />}
      {data && !picture && <p className="muted">{t("viewer.noPicture")}</p>}
      {picture && (
        <PagePicture
          key={`${place.documentId}/${place.page}`}
          picture={picture}
          fetchedAt={fulfilledTimeStamp}
          alt={t("viewer.alt", { page: place.page, name: place.filename })}
          refreshing={isFetching}
          // Its error stands above already.
          quiet={error !== undefined}
          onRefresh={() => void refetch()}
        >
          {place.box && <Mark box={place.box} label={t("viewer.mark")} />}
        </PagePicture>
      )}
      {count > 1 && (
        <div className="row between">
          <Button size="small" disabled={place.page <= 1} onClick={() => onPage(place.page - 1)}>
            {t("viewer.previous")}
          </Button>
          <Button size="small" disabled={place.page >= count} onClick={() => onPage(place.page + 1)}>
            {t("viewer.next")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** A hair wider than the words, so that the line does not cross them. */
const MARGIN = 0.004;

export function Mark({ box: [left, top, right, bottom], label }: { box: Box; label: string }) {
  return (
    <svg viewBox="0 0 1 1" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect
        x={left - MARGIN}
        y={top - MARGIN}
        width={right - left + 2 * MARGIN}
        height={bottom - top + 2 * MARGIN}
      />
    </svg>
  );
}
