import { client } from "@/lib/api/client.generated";

/** The quote is checked when a payment starts, so the order may have another one since. */
export const { usePaymentsCreateIntentMutation } = client.enhanceEndpoints({
  endpoints: {
    paymentsCreateIntent: {
      invalidatesTags: (_intent, _error, { orderId }) => [{ type: "Order", id: orderId }],
    },
  },
});
