import { removeDocument } from "@/features/orders/orderState";
import { client } from "@/lib/api/client.generated";

const documents = client.enhanceEndpoints({
  endpoints: {
    documentsDelete: {
      async onQueryStarted({ documentId }, { dispatch, queryFulfilled }) {
        // Documents without a price disappear at once, and return if the request fails. Documents with a price stay
        // until the response brings the new quote.
        const patch = dispatch(
          client.util.updateQueryData("ordersGet", { orderId: orderIdOf(documentId) }, (order) => {
            const isPriced = order.documents.some(
              ({ id, status }) => id === documentId && status === "ready",
            );
            if (!isPriced) removeDocument(order, documentId);
          }),
        );
        await queryFulfilled.catch(patch.undo);
      },
      invalidatesTags: (_response, _error, { documentId }) => [{ type: "Order", id: orderIdOf(documentId) }],
    },
  },
});

/** The id of a document is the id of its order, a hyphen, and a ULID. */
function orderIdOf(documentId: string): string {
  return documentId.slice(0, documentId.lastIndexOf("-"));
}

export const { useDocumentsDeleteMutation } = documents;
export const { documentsDelete: deleteDocument } = documents.endpoints;
