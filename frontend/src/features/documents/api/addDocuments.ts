import { addDocuments as addToOrder } from "@/features/orders/orderState";
import { type CreateDocumentRequest, type CreateDocumentsResponse, client } from "@/lib/api/client.generated";

interface Addition {
  orderId: string;
  requests: CreateDocumentRequest[];
  idempotencyKey: string;
}

const documents = client.injectEndpoints({
  endpoints: (build) => ({
    /** `POST /orders/{order_id}/documents` with a list and an idempotency key chosen by the caller. */
    addDocuments: build.mutation<CreateDocumentsResponse, Addition>({
      query: ({ orderId, requests, idempotencyKey }) => ({
        url: `/api/v1/orders/${orderId}/documents`,
        method: "POST",
        body: { documents: requests },
        idempotencyKey,
      }),
      async onQueryStarted({ orderId }, { dispatch, queryFulfilled }) {
        // The order page polls the order while documents are uploaded. A request for each list would be too many.
        const response = await queryFulfilled.catch(() => null);
        if (!response) return;
        const added = response.data.documents.map(({ upload: _upload, ...document }) => document);
        dispatch(client.util.updateQueryData("ordersGet", { orderId }, (order) => addToOrder(order, added)));
      },
    }),
  }),
});

export const { addDocuments } = documents.endpoints;
