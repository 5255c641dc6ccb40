import { client, type DocumentResponse } from "@/lib/api/client.generated";
import { nextCursor } from "@/lib/api/nextCursor";

export interface DocumentListPage {
  documents: DocumentResponse[];
  next: string | null;
}

export const listDocumentsApi = client.injectEndpoints({
  endpoints: (build) => ({
    /** `GET /orders/{order_id}/documents`, page by page: each page names the next one in its `Link` header. */
    listDocuments: build.infiniteQuery<DocumentListPage, { orderId: string }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (page) => page.next },
      query: ({ queryArg: { orderId }, pageParam }) => ({
        url: `/api/v1/orders/${orderId}/documents`,
        params: { limit: 100, cursor: pageParam },
      }),
      transformResponse: (documents: DocumentResponse[], meta) => ({
        documents,
        next: nextCursor(meta?.headers.get("link")),
      }),
    }),
  }),
});

export const { listDocuments } = listDocumentsApi.endpoints;
export const { useListDocumentsInfiniteQuery } = listDocumentsApi;
