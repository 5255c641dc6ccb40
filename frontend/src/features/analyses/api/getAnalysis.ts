import { client } from "@/lib/api/client.generated";

const analyses = client.enhanceEndpoints({
  endpoints: {
    analysesGet: { providesTags: (_analysis, _error, { orderId }) => [{ type: "Analysis", id: orderId }] },
  },
});

export const { analysesGet } = analyses.endpoints;
export const { useAnalysesGetQuery } = analyses;
