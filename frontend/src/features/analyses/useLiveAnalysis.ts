import { useEffect } from "react";
import { JUST_NOW_S, useOrdersGetQuery } from "@/features/orders/api";
import { useAnalysesCreateMutation, useAnalysesGetQuery } from "./api";

const STILL_READING_MS = 3_000;

/**
 * The order's analysis, asked for when nobody has yet (before the order is paid that gives the preview), and looked at
 * again as long as documents are being read.
 */
export function useLiveAnalysis(orderId: string) {
  const order = useOrdersGetQuery({ orderId }, { refetchOnMountOrArgChange: JUST_NOW_S });
  const [begin, begun] = useAnalysesCreateMutation();
  const asked = Boolean(order.data?.analysis) || begun.isSuccess;
  const found = useAnalysesGetQuery({ orderId }, { skip: !asked, refetchOnMountOrArgChange: JUST_NOW_S });
  const unasked = order.isSuccess && !order.isFetching && !asked;

  useEffect(() => {
    if (unasked && begun.isUninitialized) void begin({ orderId, analysisWanted: {} });
  }, [unasked, begun.isUninitialized, begin, orderId]);

  const analysis = found.data ?? begun.data;
  const reading = analysis?.status === "reading";
  const lookAgain = found.refetch;
  useEffect(() => {
    if (!reading || !asked) return;
    const timer = setInterval(() => void lookAgain(), STILL_READING_MS);
    return () => clearInterval(timer);
  }, [reading, asked, lookAgain]);

  const problem = order.error ?? begun.error ?? found.error;
  function retry() {
    if (order.error) void order.refetch();
    else if (asked) void found.refetch();
    else void begin({ orderId, analysisWanted: {} });
  }
  return { order: order.data, analysis, problem, retry };
}
