import { client } from "@/lib/api/client.generated";

const analyses = client.enhanceEndpoints({
  endpoints: {
    analysesGet: { providesTags: (_analysis, _error, { orderId }) => [{ type: "Analysis", id: orderId }] },
    analysesReport: {
      // Its address is good for minutes: each click asks for a new one.
      keepUnusedDataFor: 0,
    },
    analysesCreate: {
      invalidatesTags: (_analysis, _error, { orderId }) => [
        { type: "Analysis", id: orderId },
        { type: "Order", id: orderId },
      ],
    },
  },
});

export const { analysesGet } = analyses.endpoints;
export const { useAnalysesGetQuery, useAnalysesCreateMutation, useLazyAnalysesReportQuery } = analyses;
