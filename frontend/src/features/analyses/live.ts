import { useEffect } from "react";
import type { AnalysisView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { useAnalysesCreateMutation, useAnalysesGetQuery } from "./api";

const STILL_READING_MS = 3_000;

/**
 * The order's analysis, asked for when nobody has yet (before the order is paid that gives the preview), and looked at
 * again as long as documents are being read.
 */
export function useLiveAnalysis(orderId: string) {
  const { data, error, refetch } = useAnalysesGetQuery({ orderId }, { refetchOnMountOrArgChange: true });
  const [begin, begun] = useAnalysesCreateMutation();
  const missing = isProblem(error) && error.code === "analysis_not_found";
  const analysis: AnalysisView | undefined = missing ? begun.data : data;
  const reading = analysis?.status === "reading";

  useEffect(() => {
    if (missing && begun.isUninitialized) void begin({ orderId, analysisWanted: {} });
  }, [missing, begun.isUninitialized, begin, orderId]);

  useEffect(() => {
    if (!reading) return;
    const timer = setInterval(() => void refetch(), STILL_READING_MS);
    return () => clearInterval(timer);
  }, [reading, refetch]);

  return {
    analysis,
    problem: missing ? begun.error : error,
    retry: () => void (missing ? begin({ orderId, analysisWanted: {} }) : refetch()),
  };
}
