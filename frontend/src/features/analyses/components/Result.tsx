import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Notice } from "@/components/Notice";
import { useSaid } from "@/components/said";
import { useShortcut } from "@/components/shortcuts";
import type { AnalysisResult, ReadingView } from "@/lib/api/client.generated";
import { TimelineChart, TotalsChart } from "./Charts";
import { sorted } from "./Facts";
import { PageViewer, type Place } from "./PageViewer";
import { Reading } from "./Reading";
import { Section } from "./Section";

/** What was found: what to beware of first, then each document's facts beside the page they were read from. */
export function Result({ result }: { result: AnalysisResult }) {
  const { t } = useTranslation("analysis");
  const said = useSaid();
  const [place, setPlace] = useState<Place | null>(null);
  const {
    documents,
    unreadable = [],
    contradictions = [],
    duplicates = [],
    totals = [],
    timeline = [],
  } = result;
  const places = documents.flatMap(placesOf);
  const nameOf = (id: string) => documents.find(({ document_id }) => document_id === id)?.filename ?? id;

  function show(next: Place) {
    setPlace(next);
    announce(t("viewer.shown", { page: next.page, name: next.filename }));
  }
  function step(by: number) {
    const at = place ? places.findIndex((other) => JSON.stringify(other) === JSON.stringify(place)) : -1;
    const next = places[Math.min(Math.max(at + by, 0), places.length - 1)];
    if (next) show(next);
  }
  useShortcut("j", t("keys.next"), () => step(1), places.length > 0);
  useShortcut("k", t("keys.previous"), () => step(-1), places.length > 0);

  return (
    <>
      {unreadable.map(({ document_id, filename, reason }) => (
        <Notice key={document_id} tone="warning">
          {t("unreadable", { name: filename, reason: said(reason ?? "") })}
        </Notice>
      ))}
      {contradictions.map(({ code, text, document_ids }) => (
        <Notice key={code + text} tone="warning">
          {said(text)} <span className="soft small">{document_ids.map(nameOf).join(", ")}</span>
        </Notice>
      ))}
      {duplicates.map(({ because, document_ids }) => (
        <Notice key={document_ids.join()} tone="info">
          {t(`duplicate.${because}`, { names: document_ids.map(nameOf).join(", ") })}
        </Notice>
      ))}
      <div className="analysis">
        <div className="stack loose">
          {documents.map((reading) => (
            <Reading key={reading.document_id} reading={reading} place={place} onPlace={show} />
          ))}
          {totals.length > 0 && (
            <Section title={t("totals.title")}>
              <TotalsChart totals={totals} />
            </Section>
          )}
          {timeline.length > 0 && (
            <Section title={t("timeline.title")}>
              <TimelineChart timeline={timeline} nameOf={nameOf} onPlace={show} />
            </Section>
          )}
        </div>
        {place ? (
          <PageViewer place={place} onPage={(page) => show({ ...place, page, box: null })} />
        ) : (
          <div className="card viewer empty">
            <p className="soft">{t(places.length > 0 ? "viewer.hint" : "viewer.nothing")}</p>
          </div>
        )}
      </div>
    </>
  );
}

function placesOf(reading: ReadingView): Place[] {
  return sorted(reading.facts ?? []).telling.flatMap(({ page, box }) =>
    page === null ? [] : [{ documentId: reading.document_id, filename: reading.filename, page, box }],
  );
}
