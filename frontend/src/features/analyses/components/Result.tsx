import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Notice } from "@/components/Notice";
import { useShortcut } from "@/components/shortcuts";
import { useServerText } from "@/components/translateServerText";
import type { AnalysisResult, ReadingView } from "@/lib/api/client.generated";
import { motion } from "@/lib/scrollBehavior";
import { isPageAboveFacts, locationOf, type Place } from "../pageLocation";
import { TimelineChart, TotalsChart } from "./Charts";
import { Reading } from "./DocumentAnalysis";
import { groupFacts } from "./FactList";
import { PageViewer } from "./PageViewer";
import { Section } from "./Section";

/** What was found: what to beware of first, then each document's facts beside the page they were read from. */
export function Result({ result }: { result: AnalysisResult }) {
  const { t } = useTranslation("analysis");
  const said = useServerText();
  const [place, setPlace] = useState<Place | null>(null);
  const {
    documents,
    unreadable = [],
    contradictions = [],
    duplicates = [],
    totals = [],
    timeline = [],
  } = result;
  const steps = documents.flatMap(stepsOf);
  const steppable = steps.some(({ primary }) => primary);
  const lastFact = useRef<string | null>(null);
  const [stepped, setStepped] = useState<Place | null>(null);
  const nameOf = (id: string) => documents.find(({ document_id }) => document_id === id)?.filename ?? id;

  function show(next: Place) {
    setPlace(next);
    if (next.factId) lastFact.current = next.factId;
    announce(t("viewer.shown", { page: next.page, name: next.filename }));
  }
  function step(by: number) {
    const at = steps.findIndex(({ place: { factId } }) => factId === lastFact.current);
    const ahead = by > 0 ? steps.slice(at + 1) : steps.slice(0, Math.max(at, 0)).reverse();
    const next = ahead.find(({ primary }) => primary)?.place ?? place;
    if (!next) return;
    show(next);
    setStepped(next);
  }
  // The keyboard goes on from the fact that a step chose.
  useEffect(() => {
    if (!stepped?.factId) return;
    const row = document.querySelector<HTMLElement>(`[data-fact="${CSS.escape(stepped.factId)}"]`);
    row?.focus({ preventScroll: true });
    // Where the page stands above the facts, it is what scrolls into view.
    if (!isPageAboveFacts()) row?.scrollIntoView({ block: "nearest", behavior: motion() });
  }, [stepped]);
  useShortcut("j", t("keys.next"), () => step(1), steppable);
  useShortcut("k", t("keys.previous"), () => step(-1), steppable);

  return (
    <>
      {unreadable.map(({ document_id, filename, reason }) => (
        <Notice key={document_id} severity="warning">
          {t("unreadable", { name: filename, reason: said(reason ?? "") })}
        </Notice>
      ))}
      {contradictions.map(({ code, text, document_ids }) => (
        <Notice key={code + text} severity="warning">
          {said(text)} <span className="muted small">{document_ids.map(nameOf).join(", ")}</span>
        </Notice>
      ))}
      {duplicates.map(({ because, document_ids }) => (
        <Notice key={document_ids.join()} severity="info">
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
          <PageViewer place={place} onPage={(page) => show({ ...place, page, box: null, factId: null })} />
        ) : (
          <div className="card viewer empty">
            <p className="muted">{t(steppable ? "viewer.hint" : "viewer.nothing")}</p>
          </div>
        )}
      </div>
    </>
  );
}

interface Step {
  place: Place;
  /** Steps stop at these facts only; the others start folded away. */
  primary: boolean;
}

function stepsOf(reading: ReadingView): Step[] {
  const { primary, secondary } = groupFacts(reading);
  return [...primary, ...secondary].flatMap((fact) => {
    const place = locationOf(reading, fact);
    return place ? [{ place, primary: primary.includes(fact) }] : [];
  });
}
