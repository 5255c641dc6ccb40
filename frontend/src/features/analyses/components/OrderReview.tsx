import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { ReviewState } from "@/features/orders/components/ReviewState";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useOrdersUpdateReviewMutation } from "../api/updateReview";

/** How far the review of a paid order is, and the button that finishes it, or goes on with it. */
export function OrderReview({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const [updateReview, { error, isLoading }] = useOrdersUpdateReviewMutation();
  const { progress, review, in_progress, documents } = order;
  // Only the API knows whether the payment for a free document was returned: its facts then need no review.
  const hasFree = documents.some(({ duplicate_of }) => duplicate_of !== null);
  const isReviewed = progress.reviewed >= progress.doubtful || hasFree;
  const canFinish = review === null && in_progress === 0 && isReviewed;

  async function update(status: "finished" | "open") {
    if (isLoading) return;
    const { data } = await updateReview({ orderId: order.id, updateReviewRequest: { status } });
    if (data) announce(t(`review.done.${status}`));
  }

  useShortcut("f", t("review.finish"), () => void update("finished"), canFinish);
  return (
    <>
      <Inline spacing={1} className="no-print">
        <ReviewState order={order} />
        {/* One button, so that the focus stays on it. */}
        {(canFinish || review) && (
          <Button
            size="small"
            variant={review ? "text" : "contained"}
            busy={isLoading}
            onClick={() => void update(review ? "open" : "finished")}
          >
            {t(review ? "review.reopen" : "review.finish")}
          </Button>
        )}
      </Inline>
      <ProblemAlert problem={error} />
    </>
  );
}
