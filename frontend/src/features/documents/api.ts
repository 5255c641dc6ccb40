import { client } from "@/lib/api/client.generated";

const documents = client.enhanceEndpoints({
  endpoints: {
    ordersAddDocument: {
      invalidatesTags: (_made, _error, { orderId }) => [{ type: "Order", id: orderId }],
    },
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

/** A document's id begins with its order's. */
function orderOf(documentId: string): string {
  return documentId.slice(0, documentId.lastIndexOf("-"));
}

export const { useDocumentsGetQuery, useLazyDocumentsGetQuery, useDocumentsDeleteMutation } = documents;
export const { ordersAddDocument: addDocument, documentsRenewUpload: renewUpload } = documents.endpoints;
