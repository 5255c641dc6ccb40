import { memo, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import type { CorrectFactRequest } from "@/lib/api/client.generated";

export type ReviewAction = CorrectFactRequest["action"];

interface Props {
  canAccept: boolean;
  canReject: boolean;
  canUndo: boolean;
  correctButton: Ref<HTMLButtonElement>;
  onAction: (action: ReviewAction) => void;
  onCorrect: () => void;
}

/** The buttons of a review. They are the same ones for every fact, and are drawn again only when one of them is enabled or not. */
export const FactActions = memo(function FactActions(props: Props) {
  const { canAccept, canReject, canUndo, correctButton, onAction, onCorrect } = props;
  const { t } = useTranslation("analysis");
  return (
    <Inline spacing={1}>
      <Button size="small" variant="outlined" disabled={!canAccept} onClick={() => onAction("accept")}>
        {t("review.accept")}
      </Button>
      <Button ref={correctButton} size="small" variant="outlined" onClick={onCorrect}>
        {t("review.correct")}
      </Button>
      <Button size="small" variant="outlined" disabled={!canReject} onClick={() => onAction("reject")}>
        {t("review.reject")}
      </Button>
      {canUndo && (
        <Button size="small" color="neutral" onClick={() => onAction("reset")}>
          {t("review.undo")}
        </Button>
      )}
    </Inline>
  );
});
