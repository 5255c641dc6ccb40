import { client } from "@/lib/api/client.generated";

const reports = client.enhanceEndpoints({
  endpoints: {
    analysesGetReport: {
      // The response holds a presigned URL, which expires after minutes: each download requests a new one.
      keepUnusedDataFor: 0,
    },
  },
});

export const { analysesRequestReport, analysesGetReport } = reports.endpoints;
export const { useAnalysesGetReportQuery } = reports;
