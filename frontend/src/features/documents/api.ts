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
