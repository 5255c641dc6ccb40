import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { selectAuth } from "@/features/auth/slice";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useAppSelector } from "@/lib/appState";
import { formatDateTime } from "@/lib/format";

/** Who finished the review of a paid order and when, or how many of its doubtful facts are reviewed. */
export function ReviewState({ order: { review, progress } }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const { user } = useAppSelector(selectAuth);
  const { doubtful, reviewed } = progress;
  if (!review)
    return (
      <Typography>
        {doubtful > 0 ? t("review.progress", { reviewed, doubtful }) : t("review.nothingDoubtful")}
      </Typography>
    );
  const who = review.api_key_id ? "program" : review.by === user?.id ? "you" : "somebody";
  return <Typography>{t(`review.by.${who}`, { time: formatDateTime(review.finished_at) })}</Typography>;
}
