import { client } from "@/lib/api/client.generated";

const orders = client.enhanceEndpoints({
  endpoints: {
    ordersGet: { providesTags: (_order, _error, { orderId }) => [{ type: "Order", id: orderId }] },
  },
});

export const { ordersGet } = orders.endpoints;
export const { useOrdersGetQuery } = orders;
