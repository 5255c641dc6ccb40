import { api } from "@/lib/api/api";
import type { Analysis } from "@/lib/api/model";

const analysesApi = api.injectEndpoints({
  endpoints: (build) => ({
    analysis: build.query<Analysis, string>({
      query: (orderId) => `/analyses/orders/${orderId}/analysis`,
      providesTags: (_analysis, _error, orderId) => [{ type: "Analysis", id: orderId }],
    }),
  }),
});

export const { useAnalysisQuery } = analysesApi;
