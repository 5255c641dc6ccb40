import type { DocumentAnalysisResponse, SegmentResponse } from "@/lib/api/client.generated";

/** A document of a file with several, or the whole file, with what was found on its pages. */
export interface DocumentPart
  extends Required<
    Pick<DocumentAnalysisResponse, "facts" | "line_items" | "transactions" | "tables" | "summary">
  > {
  kind: DocumentAnalysisResponse["kind"];
  /** Null for a file that is one document. */
  segment: SegmentResponse | null;
}

/** The documents of a file in the order of their pages. */
export function documentParts(reading: DocumentAnalysisResponse): DocumentPart[] {
  const { kind, facts = [], line_items = [], transactions = [], tables = [], summary = [] } = reading;
  const { segments = [] } = reading;
  if (segments.length === 0) {
    return [{ kind, segment: null, facts, line_items, transactions, tables, summary }];
  }
  return segments.map((segment) => {
    const isOnItsPages = ({ page }: { page: number | null }) =>
      page !== null && segment.first_page <= page && page <= segment.last_page;
    return {
      kind: segment.kind,
      segment,
      facts: facts.filter(isOnItsPages),
      line_items: line_items.filter(isOnItsPages),
      transactions: transactions.filter(isOnItsPages),
      tables: tables.filter(isOnItsPages),
      summary: summary.filter(isOnItsPages),
    };
  });
}
