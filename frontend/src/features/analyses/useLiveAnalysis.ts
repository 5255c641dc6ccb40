import { useEffect } from "react";
import { useOrdersGetQuery } from "@/features/orders/api/getOrder";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { useAnalysesCreateMutation } from "./api/createAnalysis";
import { useAnalysesGetQuery } from "./api/getAnalysis";

const POLL_MS = 3_000;

/**
 * The analysis of an order. Creates it if there is none yet (before payment that is the preview), and polls while
 * documents are being read.
 */
export function useLiveAnalysis(orderId: string) {
  const order = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const [createAnalysis, creation] = useAnalysesCreateMutation();
  const exists = Boolean(order.data?.analysis) || creation.isSuccess;
  const query = useAnalysesGetQuery({ orderId }, { skip: !exists, refetchOnMountOrArgChange: FRESH_SECONDS });
  const isMissing = order.isSuccess && !order.isFetching && !exists;

  useEffect(() => {
    if (isMissing && creation.isUninitialized) void createAnalysis({ orderId, body: {} });
  }, [isMissing, creation.isUninitialized, createAnalysis, orderId]);

  const analysis = query.data ?? creation.data;
  const isReading = analysis?.status === "reading";
  const { refetch } = query;
  useEffect(() => {
    if (!isReading || !exists) return;
    const timer = setInterval(() => void refetch(), POLL_MS);
    return () => clearInterval(timer);
  }, [isReading, exists, refetch]);

  const problem = order.error ?? creation.error ?? query.error;
  function retry() {
    if (order.error) void order.refetch();
    else if (exists) void query.refetch();
    else void createAnalysis({ orderId, body: {} });
  }
  return { order: order.data, analysis, problem, retry };
}
