import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "@/components/shortcuts";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { documentParts } from "./documentParts";
import { type FactOrder, factSections, isToReview } from "./factSections";
import { factKey, isPageAboveFacts, showWorkspace } from "./pageLocation";
import type { Select } from "./selection";

interface Options {
  documents: DocumentAnalysisResponse[];
  reading: DocumentAnalysisResponse | undefined;
  fact: FactResponse | null;
  order: FactOrder;
  select: Select;
  /** Loads more documents; null: all are loaded, or some are being loaded. */
  onMore: (() => void) | null;
}

interface Step {
  documentId: string;
  fact: FactResponse;
  /** Steps stop at facts that are shown. Others are collapsed. */
  isShown: boolean;
}

interface Position {
  /** The number of the document. */
  at: number;
  factId: string | null;
}

/** A step that goes on once more documents are loaded. */
type Forward = "fact" | "doubtful" | "document";

export interface Stepping {
  step: (direction: 1 | -1) => void;
  stepToDoubtful: () => void;
  /** Whether a fact of the order is left to review, or may be in a document that is not loaded. */
  hasDoubtful: boolean;
}

/**
 * Steps to the next and the previous fact, to the next one to review, and from document to document, by shortcuts and by
 * buttons. A step moves the focus to the row of the fact. What follows is found when a step is made: an order has thousands of facts.
 */
export function useFactStepping({ documents, reading, fact, order, select, onMore }: Options): Stepping {
  const { t } = useTranslation("analysis");
  const [focused, setFocused] = useState<{ key: string } | null>(null);
  // Keys may follow each other faster than the address changes.
  const position = useRef<Position>({ at: -1, factId: null });
  const waiting = useRef<Forward | null>(null);
  const at = reading ? documents.indexOf(reading) : -1;
  const factId = fact?.id ?? null;
  useLayoutEffect(() => {
    position.current = { at, factId };
    // A step that waits for documents leaves what is selected meanwhile.
    waiting.current = null;
  }, [at, factId]);

  function go({ documentId, fact }: Step) {
    position.current = {
      at: documents.findIndex(({ document_id }) => document_id === documentId),
      factId: fact.id,
    };
    select({ documentId, factId: fact.id });
    setFocused({ key: factKey(documentId, fact.id) });
  }

  /** The steps of the document that is shown, before and after the selected fact. */
  function ownSteps() {
    const document = documents[position.current.at];
    const steps = document ? stepsOf(document, order) : [];
    const index = steps.findIndex((candidate) => candidate.fact.id === position.current.factId);
    return {
      current: steps[index],
      before: steps.slice(0, Math.max(index, 0)),
      after: steps.slice(index + 1),
    };
  }

  function step(direction: 1 | -1) {
    const { at } = position.current;
    const { current, before, after } = ownSteps();
    const others = direction > 0 ? documents.slice(at + 1) : documents.slice(0, Math.max(at, 0)).reverse();
    const inDirection = (steps: Step[]) => (direction > 0 ? steps : steps.toReversed());
    const isShown = (candidate: Step) => candidate.isShown;
    let next = inDirection(direction > 0 ? after : before).find(isShown);
    for (const other of others) next ??= inDirection(stepsOf(other, order)).find(isShown);
    if (!next && direction > 0 && waitsForMore("fact")) return;
    const target = next ?? current;
    if (target) go(target);
  }

  /** After the last one, the search begins again with the first document. */
  function stepToDoubtful() {
    const { at } = position.current;
    const { before, after } = ownSteps();
    const isNext = (candidate: Step) => isToReview(candidate.fact);
    let next = after.find(isNext);
    for (const other of documents.slice(at + 1)) next ??= stepsOf(other, order).find(isNext);
    if (!next && waitsForMore("doubtful")) return;
    for (const other of documents.slice(0, Math.max(at, 0))) next ??= stepsOf(other, order).find(isNext);
    next ??= before.find(isNext);
    if (next) go(next);
  }

  function stepToDocument(direction: 1 | -1) {
    const next = documents[at + direction];
    if (next) select({ documentId: next.document_id });
    else if (direction > 0) waitsForMore("document");
  }

  /** Whether a step waits for documents of a later page, which are asked for. */
  function waitsForMore(step: Forward): boolean {
    if (!onMore) return waiting.current !== null;
    waiting.current = step;
    onMore();
    return true;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: more documents are the trigger
  useEffect(() => {
    const stepped = waiting.current;
    waiting.current = null;
    if (stepped === "fact") step(1);
    if (stepped === "doubtful") stepToDoubtful();
    if (stepped === "document") stepToDocument(1);
  }, [documents.length]);

  // The address, and with it the row, may change after the step.
  const selected = reading && fact ? factKey(reading.document_id, fact.id) : null;
  useEffect(() => {
    if (!focused || focused.key !== selected) return;
    const row = document.querySelector<HTMLElement>(`[data-fact="${CSS.escape(focused.key)}"]`);
    row?.focus({ preventScroll: true });
    // Where the page is above the facts, the page viewer scrolls instead.
    if (isPageAboveFacts()) return;
    row?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
    showWorkspace(row);
  }, [focused, selected]);

  const hasMore = onMore !== null;
  const hasFacts = hasMore || documents.some(({ facts = [] }) => facts.length > 0);
  const toReview = hasMore || documents.some(({ facts = [] }) => facts.some(isToReview));
  useShortcut("j", t("keys.next"), () => step(1), hasFacts);
  useShortcut("k", t("keys.previous"), () => step(-1), hasFacts);
  useShortcut("n", t("keys.nextDoubtful"), stepToDoubtful, toReview);
  useShortcut("d", t("keys.nextDocument"), () => stepToDocument(1), hasMore || at + 1 < documents.length);
  useShortcut("D", t("keys.previousDocument"), () => stepToDocument(-1), at > 0);
  return { step, stepToDoubtful, hasDoubtful: toReview };
}

function stepsOf(reading: DocumentAnalysisResponse, order: FactOrder): Step[] {
  return documentParts(reading).flatMap((part) =>
    factSections(part, order).flatMap(({ name, facts }) =>
      facts.map((fact) => ({ documentId: reading.document_id, fact, isShown: name !== "other" })),
    ),
  );
}
