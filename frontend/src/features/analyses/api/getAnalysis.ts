import { type AnalysisResponse, client } from "@/lib/api/client.generated";
import { nextCursor } from "@/lib/api/nextCursor";

export interface AnalysisPage {
  analysis: AnalysisResponse;
  next: string | null;
}

export const analyses = client.injectEndpoints({
  endpoints: (build) => ({
    /** `GET /analyses/orders/{order_id}/analysis`: each page has some documents, and names the next one in `Link`. */
    getAnalysis: build.infiniteQuery<AnalysisPage, { orderId: string }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next },
      query: ({ queryArg: { orderId }, pageParam }) => ({
        url: `/api/v1/analyses/orders/${orderId}/analysis`,
        params: { cursor: pageParam },
      }),
      transformResponse: (analysis: AnalysisResponse, meta) => ({
        analysis,
        next: nextCursor(meta?.headers.get("link")),
      }),
      providesTags: (_pages, _error, { orderId }) => [{ type: "Analysis", id: orderId }],
    }),
  }),
});

export const { getAnalysis } = analyses.endpoints;
export const { useGetAnalysisInfiniteQuery } = analyses;
