import { type CorrectFactRequest, client, type FactResponse } from "@/lib/api/client.generated";
import { inTurn, latestTag, tagReplaced } from "./factTags";
import { followReviews } from "./followReviews";
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
    /**
     * `PUT /documents/{document_id}/facts/{fact_id}`: the fact is shown as it is answered, before the totals follow. The
     * corrections of a document are sent one after the other.
     */
    correctFact: build.mutation<FactResponse, Correction>({
      queryFn: ({ documentId, factId, etag, request }, _api, _options, baseQuery) =>
        inTurn(documentId, async () => {
          const tag = latestTag(documentId, etag);
          const { data, error, meta } = await baseQuery({
            url: `/api/v1/documents/${documentId}/facts/${factId}`,
            method: "PUT",
            body: request,
            headers: { "if-match": tag },
          });
          if (error) return { error };
          const answered = meta?.headers.get("etag");
          if (answered) tagReplaced(documentId, tag, answered);
          return { data: data as FactResponse, ...(meta ? { meta } : {}) };
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
        followReviews(orderId, dispatch);
      },
      invalidatesTags: (fact, _problem, { orderId }) => [
        { type: "Order", id: orderId },
        // After a refusal the facts themselves have changed.
        ...(fact ? [] : [{ type: "Analysis" as const, id: orderId }]),
      ],
    }),
  }),
});

export const { useCorrectFactMutation } = corrections;
