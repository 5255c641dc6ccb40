import Stack from "@mui/material/Stack";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { OrderResponse } from "@/lib/api/client.generated";
import { FRESH_SECONDS } from "@/lib/api/freshness";
import { useGetAnalysisInfiniteQuery } from "../api/getAnalysis";
import { DocumentPreview } from "./DocumentPreview";

const SHORT_LENGTH = 5;

/** What was found in each document of an order before it is paid. */
export default function FactPreviews({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("analysis");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useGetAnalysisInfiniteQuery({ orderId: order.id }, { refetchOnMountOrArgChange: FRESH_SECONDS });
  const [isWhole, setIsWhole] = useState(false);

  // A document that was read since has facts.
  const { ready } = order.progress;
  const shownReady = useRef(ready);
  useEffect(() => {
    if (shownReady.current === ready) return;
    shownReady.current = ready;
    void refetch();
  }, [ready, refetch]);

  const documents = data?.pages.flatMap(({ analysis }) => analysis.result.documents) ?? [];
  const shown = isWhole ? documents : documents.slice(0, SHORT_LENGTH);

  function showMore() {
    if (isWhole) void fetchNextPage();
    else setIsWhole(true);
  }

  return (
    <Stack spacing={1.5}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <div>
        {shown.map((document) => (
          <DocumentPreview key={document.document_id} document={document} />
        ))}
      </div>
      {(shown.length < documents.length || hasNextPage) && (
        <div>
          <Button size="small" busy={isFetchingNextPage} onClick={showMore}>
            {t("more")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
