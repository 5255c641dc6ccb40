import { client } from "@/lib/api/client.generated";

const payments = client.enhanceEndpoints({
  endpoints: {
    paymentsConfirm: {
      invalidatesTags: (_done, _error, { orderId }) => [
        "Orders",
        { type: "Order", id: orderId },
        { type: "Analysis", id: orderId },
      ],
    },
  },
});

export const { usePaymentsCreateIntentMutation, usePaymentsConfirmMutation } = payments;
