import { type CorrectFactRequest, client, type FactResponse } from "@/lib/api/client.generated";
import { analyses } from "./getAnalysis";

export interface Correction {
  orderId: string;
  documentId: string;
  factId: string;
  /** The tag of the document's facts that the correction was decided on. */
  etag: string;
  request: CorrectFactRequest;
}

const corrections = client.injectEndpoints({
  endpoints: (build) => ({
    /** `PUT /documents/{document_id}/facts/{fact_id}`: the fact is shown as it is answered, before the totals follow. */
    correctFact: build.mutation<FactResponse, Correction>({
      query: ({ documentId, factId, etag, request }) => ({
        url: `/api/v1/documents/${documentId}/facts/${factId}`,
        method: "PUT",
        body: request,
        headers: { "if-match": etag },
      }),
      async onQueryStarted({ orderId, documentId, factId }, { dispatch, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => null);
        if (!answer) return;
        const etag = answer.meta?.headers.get("etag");
        dispatch(
          analyses.util.updateQueryData("getAnalysis", { orderId }, ({ pages }) => {
            const documents = pages.flatMap(({ analysis }) => analysis.result.documents);
            const document = documents.find(({ document_id }) => document_id === documentId);
            if (!document) return;
            document.etag = etag ?? null;
            document.facts = document.facts?.map((fact) => (fact.id === factId ? answer.data : fact));
          }),
        );
      },
      // Also after a refusal, because the facts have changed then.
      invalidatesTags: (_fact, _problem, { orderId }) => [
        { type: "Analysis", id: orderId },
        { type: "Order", id: orderId },
      ],
    }),
  }),
});

export const { useCorrectFactMutation } = corrections;
