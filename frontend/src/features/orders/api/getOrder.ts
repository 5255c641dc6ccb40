import { client } from "@/lib/api/client.generated";

export const ordersApi = client.enhanceEndpoints({
  endpoints: {
    ordersGet: { providesTags: (_order, _error, { orderId }) => [{ type: "Order", id: orderId }] },
  },
});

export const { ordersGet } = ordersApi.endpoints;
export const { useOrdersGetQuery } = ordersApi;
