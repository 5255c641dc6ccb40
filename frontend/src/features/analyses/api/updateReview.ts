import { client } from "@/lib/api/client.generated";

export const { useOrdersUpdateReviewMutation } = client.enhanceEndpoints({
  endpoints: {
    ordersUpdateReview: {
      // Also after a refusal, because the facts have changed then.
      invalidatesTags: (_order, _error, { orderId }) => ["Orders", { type: "Order", id: orderId }],
    },
  },
});
