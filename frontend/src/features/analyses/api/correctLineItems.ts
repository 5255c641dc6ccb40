import { client, type LineItemRequest, type LineItemsResponse } from "@/lib/api/client.generated";
import { inTurn, latestTag, tagReplaced } from "./factTags";
import { followReviews } from "./followReviews";
import { analyses } from "./getAnalysis";

export interface LineItemCorrection {
  orderId: string;
  documentId: string;
  /** The tag of the document's facts that the correction was decided on. */
  etag: string;
  /** All line items of the document; null: those that the reader found. */
  items: LineItemRequest[] | null;
}

const corrections = client.injectEndpoints({
  endpoints: (build) => ({
    /** `PUT /documents/{document_id}/line-items`, in turn with the corrections of facts. */
    correctLineItems: build.mutation<LineItemsResponse, LineItemCorrection>({
      queryFn: ({ documentId, etag, items }, _api, _options, baseQuery) =>
        inTurn(documentId, async () => {
          const tag = latestTag(documentId, etag);
          const { data, error, meta } = await baseQuery({
            url: `/api/v1/documents/${documentId}/line-items`,
            method: "PUT",
            body: { items },
            headers: { "if-match": tag },
          });
          if (error) return { error };
          const answered = meta?.headers.get("etag");
          if (answered) tagReplaced(documentId, tag, answered);
          return { data: data as LineItemsResponse, ...(meta ? { meta } : {}) };
        }),
      async onQueryStarted({ orderId, documentId }, { dispatch, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => null);
        if (!answer) return;
        const etag = answer.meta?.headers.get("etag");
        dispatch(
          analyses.util.updateQueryData("getAnalysis", { orderId }, ({ pages }) => {
            const documents = pages.flatMap(({ analysis }) => analysis.result.documents);
            const document = documents.find(({ document_id }) => document_id === documentId);
            if (!document) return;
            const { line_items, reader_line_items, line_items_review } = answer.data;
            document.line_items = line_items;
            document.reader_line_items = reader_line_items;
            document.line_items_review = line_items_review;
            document.etag = etag ?? null;
          }),
        );
        followReviews(orderId, dispatch);
      },
      invalidatesTags: (answer, _problem, { orderId }) => [
        { type: "Order", id: orderId },
        // After a refusal the line items or facts may have changed.
        ...(answer ? [] : [{ type: "Analysis" as const, id: orderId }]),
      ],
    }),
  }),
});

export const { useCorrectLineItemsMutation } = corrections;
