import { useCallback, useEffect, useMemo } from "react";
import { useOrdersGetQuery } from "@/features/orders/api/getOrder";
import type { AnalysisResponse } from "@/lib/api/client.generated";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { usePolling } from "@/lib/usePolling";
import { useAnalysesCreateMutation } from "./api/createAnalysis";
import { type AnalysisPage, useGetAnalysisInfiniteQuery } from "./api/getAnalysis";

/**
 * The analysis of an order, with the documents of the pages that were loaded. Creates it if there is none yet (before payment that is the preview), and polls while
 * documents are being read.
 */
export function useLiveAnalysis(orderId: string) {
  const order = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const [createAnalysis, creation] = useAnalysesCreateMutation();
  const exists = Boolean(order.data?.analysis) || creation.isSuccess;
  const query = useGetAnalysisInfiniteQuery(
    { orderId },
    { skip: !exists, refetchOnMountOrArgChange: FRESH_SECONDS },
  );
  const isMissing = order.isSuccess && !order.isFetching && !exists;

  useEffect(() => {
    if (isMissing && creation.isUninitialized) void createAnalysis({ orderId, body: {} });
  }, [isMissing, creation.isUninitialized, createAnalysis, orderId]);

  const pages = query.data?.pages;
  const analysis = useMemo(() => pages && merged(pages), [pages]);
  usePolling(query, exists && analysis?.status === "reading");

  const problem = order.error ?? creation.error ?? query.error;
  function retry() {
    if (order.error) void order.refetch();
    else if (exists) void query.refetch();
    else void createAnalysis({ orderId, body: {} });
  }
  const { fetchNextPage } = query;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    order: order.data,
    analysis,
    problem,
    retry,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore,
  };
}

/** The first page, which is about the whole order, with the documents of all pages. */
function merged(pages: AnalysisPage[]): AnalysisResponse | undefined {
  const first = pages[0]?.analysis;
  if (!first || pages.length === 1) return first;
  const results = pages.map(({ analysis }) => analysis.result);
  const documents = results.flatMap((result) => result.documents);
  const unreadable = results.flatMap((result) => result.unreadable ?? []);
  return { ...first, result: { ...first.result, documents, unreadable } };
}
