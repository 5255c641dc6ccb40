import { client } from "@/lib/api/client.generated";

export const { useOrdersUpdateStatusMutation } = client.enhanceEndpoints({
  endpoints: {
    ordersUpdateStatus: {
      invalidatesTags: (_order, _error, { orderId }) => ["Orders", { type: "Order", id: orderId }],
    },
  },
});
