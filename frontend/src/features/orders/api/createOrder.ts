import { client, type OrdersCreateApiArg, type OrdersCreateApiResponse } from "@/lib/api/client.generated";

export const { useCreateOrderMutation } = client.injectEndpoints({
  endpoints: (build) => ({
    /** `POST /orders` with an idempotency key chosen by the caller. */
    createOrder: build.mutation<OrdersCreateApiResponse, OrdersCreateApiArg & { idempotencyKey: string }>({
      query: ({ body, idempotencyKey }) => ({
        url: "/api/v1/orders",
        method: "POST",
        body,
        idempotencyKey,
      }),
      invalidatesTags: ["Orders"],
    }),
  }),
});
