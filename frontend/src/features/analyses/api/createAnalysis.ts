import { client } from "@/lib/api/client.generated";

export const { useAnalysesCreateMutation } = client.enhanceEndpoints({
  endpoints: {
    analysesCreate: {
      invalidatesTags: (_analysis, _error, { orderId }) => [
        { type: "Analysis", id: orderId },
        { type: "Order", id: orderId },
      ],
    },
  },
});
