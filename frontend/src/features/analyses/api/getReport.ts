import { client } from "@/lib/api/client.generated";

export const { useLazyAnalysesReportQuery } = client.enhanceEndpoints({
  endpoints: {
    analysesReport: {
      // The response holds a presigned URL, which expires after minutes: each click requests a new one.
      keepUnusedDataFor: 0,
    },
  },
});
