import type { Box, FactView, ReadingView } from "@/lib/api/client.generated";

/** A page of a document, and what is marked on it. */
export interface Place {
  documentId: string;
  filename: string;
  page: number;
  box: Box | null;
  /** The fact that was chosen. Several facts may share one box, so a box does not identify a fact. */
  factId: string | null;
}

/** Identifies a fact of a result by its position among its document's facts, which never changes. */
export function factIdOf({ document_id, facts = [] }: ReadingView, fact: FactView): string {
  return `${document_id}/${facts.indexOf(fact)}`;
}

/** Where a fact stands, or null for a fact that stands on no page. */
export function locationOf(reading: ReadingView, fact: FactView): Place | null {
  const { document_id, filename } = reading;
  const { page, box } = fact;
  if (page === null) return null;
  return { documentId: document_id, filename, page, box, factId: factIdOf(reading, fact) };
}

/** On a narrow screen the page stands above the facts instead of beside them, as `theme/site.css` has it. */
export function isPageAboveFacts(): boolean {
  return window.matchMedia("(max-width: 900px)").matches;
}
