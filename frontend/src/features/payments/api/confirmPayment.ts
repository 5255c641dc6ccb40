import { client } from "@/lib/api/client.generated";

export const { usePaymentsConfirmMutation } = client.enhanceEndpoints({
  endpoints: {
    paymentsConfirm: {
      invalidatesTags: (_response, _error, { orderId }) => [
        "Orders",
        { type: "Order", id: orderId },
        { type: "Analysis", id: orderId },
      ],
    },
  },
});
