import { client } from "@/lib/api/client.generated";

const analyses = client.enhanceEndpoints({
  endpoints: {
    analysesGet: { providesTags: (_analysis, _error, { orderId }) => [{ type: "Analysis", id: orderId }] },
    analysesCreate: {
      invalidatesTags: (_analysis, _error, { orderId }) => [
        { type: "Analysis", id: orderId },
        { type: "Order", id: orderId },
      ],
    },
  },
});

export const { useAnalysesGetQuery, useAnalysesCreateMutation } = analyses;
