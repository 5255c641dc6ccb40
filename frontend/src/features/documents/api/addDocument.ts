import {
  client,
  type OrdersAddDocumentApiArg,
  type OrdersAddDocumentApiResponse,
} from "@/lib/api/client.generated";

const documents = client.injectEndpoints({
  endpoints: (build) => ({
    /** `POST /orders/{order_id}/documents` with an idempotency key chosen by the caller. */
    addDocument: build.mutation<
      OrdersAddDocumentApiResponse,
      OrdersAddDocumentApiArg & { idempotencyKey: string }
    >({
      query: ({ orderId, createDocumentRequest, idempotencyKey }) => ({
        url: `/api/v1/orders/${orderId}/documents`,
        method: "POST",
        body: createDocumentRequest,
        idempotencyKey,
      }),
      async onQueryStarted({ orderId }, { dispatch, queryFulfilled }) {
        // The order is fetched again only when no other upload is being added, which may take long.
        const response = await queryFulfilled.catch(() => null);
        if (!response) return;
        const { upload: _upload, ...document } = response.data;
        dispatch(
          client.util.updateQueryData("ordersGet", { orderId }, ({ documents }) => {
            if (!documents.some(({ id }) => id === document.id)) documents.push(document);
          }),
        );
      },
      invalidatesTags: (_document, _error, { orderId }) => [{ type: "Order", id: orderId }],
    }),
  }),
});

export const { addDocument } = documents.endpoints;
