import { client } from "@/lib/api/client.generated";

const orders = client.enhanceEndpoints({
  endpoints: {
    ordersListEvents: {
      providesTags: (_events, _error, { orderId: id }) => [
        { type: "Order", id },
        { type: "Events", id },
      ],
    },
  },
});

export const { ordersListEvents } = orders.endpoints;
export const { useOrdersListEventsQuery } = orders;
