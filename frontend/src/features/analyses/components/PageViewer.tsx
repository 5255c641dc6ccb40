import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useDocumentsGetQuery } from "@/features/documents/api";
import type { Box } from "@/lib/api/client.generated";

export interface Place {
  documentId: string;
  filename: string;
  page: number;
  box: Box | null;
}

interface Props {
  place: Place;
  onPage: (page: number) => void;
}

/** A page as a picture, with the place of a fact drawn on it. */
export function PageViewer({ place, onPage }: Props) {
  const { t } = useTranslation("analysis");
  const { data, error, refetch, isFetching } = useDocumentsGetQuery({ documentId: place.documentId });
  const count = data?.pages.length ?? 0;
  const self = useRef<HTMLElement>(null);

  // Where the page stands above the facts instead of beside them, a chosen fact brings it back into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every choice of a place counts, even of the same page
  useEffect(() => {
    if (window.matchMedia("(max-width: 900px)").matches) self.current?.scrollIntoView({ block: "start" });
  }, [place]);

  const picture = data?.pages.find(({ number }) => number === place.page);

  return (
    <section className="card stack viewer" ref={self} aria-label={t("viewer.title")}>
      <div className="row between">
        <h2 className="small-head clip grow">{place.filename}</h2>
        <span className="soft small">
          {t("viewer.page", { page: place.page, count: count || place.page })}
        </span>
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && isFetching && <span className="blank page-picture" />}
      {data && !picture && <p className="soft">{t("viewer.noPicture")}</p>}
      {picture && (
        <div className="paper">
          <img
            src={picture.picture_url}
            width={picture.width}
            height={picture.height}
            alt={t("viewer.alt", { page: place.page, name: place.filename })}
          />
          {place.box && <Mark box={place.box} label={t("viewer.mark")} />}
        </div>
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
