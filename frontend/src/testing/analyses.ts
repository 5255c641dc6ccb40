import type { AnalysisResponse, DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { aDocument, anOrder } from "./api";
import { service } from "./setup";

/** A sure fact of an analysis. */
export function aFact(change: Partial<FactResponse> = {}): FactResponse {
  return {
    id: change.name ?? "gross",
    name: "gross",
    value: "€ 119.00",
    normalised: { minor: 11_900, currency: "eur" },
    page: 1,
    box: [0.5, 0.6, 0.7, 0.63],
    confidence: 0.97,
    source: "text",
    doubtful: false,
    corrected: false,
    reader_value: null,
    review: null,
    ...change,
  };
}

/** The result of a document of one page. */
export function aReading(change: Partial<DocumentAnalysisResponse> = {}): DocumentAnalysisResponse {
  return {
    document_id: "01ORDER-1",
    filename: "scan-1.pdf",
    kind: "invoice",
    language: "en",
    page_count: 1,
    headline: null,
    etag: '"1.0"',
    facts: [],
    ...change,
  };
}

/** Lets the service have one order, which is paid and has these results. */
export function servePaid(documents: DocumentAnalysisResponse[]): void {
  const analysis: AnalysisResponse = {
    id: "01ANALYSIS",
    order_id: "01ORDER",
    status: "completed",
    created_at: "2026-11-20T10:02:00Z",
    result: { preview: false, documents, contradictions: [], unreadable: [] },
  };
  const summary = { id: analysis.id, status: analysis.status, created_at: analysis.created_at };
  const listed = documents.map(({ document_id }) => aDocument({ id: document_id }));
  service.orders = [anOrder({ status: "completed", documents: listed, analysis: summary })];
  service.analysis = analysis;
  for (const document of listed)
    service.details.set(document.id, { ...document, download_url: null, pages: [] });
}
