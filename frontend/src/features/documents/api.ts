import {
  client,
  type OrdersAddDocumentApiArg,
  type OrdersAddDocumentApiResponse,
} from "@/lib/api/client.generated";

const enhanced = client.enhanceEndpoints({
  endpoints: {
    documentsGet: {
      // Its addresses are presigned for minutes; an older copy may have run out.
      keepUnusedDataFor: 60,
    },
    documentsDelete: {
      async onQueryStarted({ documentId }, { dispatch, queryFulfilled }) {
        // What costs nothing goes at once, and comes back should that fail. What is priced waits for the new price.
        const { undo } = dispatch(
          client.util.updateQueryData("ordersGet", { orderId: orderOf(documentId) }, (order) => {
            order.documents = order.documents.filter(
              ({ id, status }) => id !== documentId || status === "ready",
            );
          }),
        );
        await queryFulfilled.catch(undo);
      },
      invalidatesTags: (_done, _error, { documentId }) => [{ type: "Order", id: orderOf(documentId) }],
    },
  },
});

const documents = enhanced.injectEndpoints({
  endpoints: (build) => ({
    /** The contract's `POST /orders/{order_id}/documents` under a key of the caller's. */
    announceDocument: build.mutation<
      OrdersAddDocumentApiResponse,
      OrdersAddDocumentApiArg & { idempotencyKey: string }
    >({
      query: ({ orderId, newDocument, idempotencyKey }) => ({
        url: `/api/v1/orders/${orderId}/documents`,
        method: "POST",
        body: newDocument,
        idempotencyKey,
      }),
      async onQueryStarted({ orderId }, { dispatch, queryFulfilled }) {
        // The order is asked for again only when no other upload is under way, which can be long from now.
        const made = await queryFulfilled.catch(() => null);
        if (!made) return;
        const { upload: _upload, ...document } = made.data;
        dispatch(
          client.util.updateQueryData("ordersGet", { orderId }, ({ documents }) => {
            if (!documents.some(({ id }) => id === document.id)) documents.push(document);
          }),
        );
      },
      invalidatesTags: (_made, _error, { orderId }) => [{ type: "Order", id: orderId }],
    }),
  }),
});

/** A document's id begins with its order's. */
function orderOf(documentId: string): string {
  return documentId.slice(0, documentId.lastIndexOf("-"));
}

export const { useDocumentsGetQuery, useLazyDocumentsGetQuery, useDocumentsDeleteMutation } = documents;
export const { announceDocument, documentsRenewUpload: renewUpload } = documents.endpoints;
