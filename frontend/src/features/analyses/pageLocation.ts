import type { Box, DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";

/** A page of a document, and the box that is highlighted on it. */
export interface PageLocation {
  documentId: string;
  filename: string;
  page: number;
  box: Box | null;
  /** The selected fact. Several facts may share a box, so that a box does not identify a fact. */
  factId: string | null;
}

/** Identifies a fact among those of all documents. */
export function factIdOf({ document_id }: DocumentAnalysisResponse, fact: FactResponse): string {
  return `${document_id}/${fact.id}`;
}

/** The location of a fact, or null for a fact without a page. */
export function locationOf(reading: DocumentAnalysisResponse, fact: FactResponse): PageLocation | null {
  const { document_id, filename } = reading;
  const { page, box } = fact;
  if (page === null) return null;
  return { documentId: document_id, filename, page, box, factId: factIdOf(reading, fact) };
}

/** On narrow screens the page is above the facts instead of beside them (the same breakpoint as `theme/site.css`). */
export function isPageAboveFacts(): boolean {
  return window.matchMedia("(max-width: 900px)").matches;
}
