import { client } from "@/lib/api/client.generated";

const orders = client.enhanceEndpoints({
  endpoints: {
    ordersListEvents: { providesTags: (_events, _error, { orderId }) => [{ type: "Order", id: orderId }] },
  },
});

export const { ordersListEvents } = orders.endpoints;
export const { useOrdersListEventsQuery } = orders;
