import { memo, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { IconButton } from "@/components/IconButton";
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

/** Beside those that copy, the buttons have one row of the pane. */
const SMALL = { minWidth: 0, px: 0.75, fontSize: "0.8125rem" };
const SMALL_ICON = { width: 28, height: 32 };

/** The buttons of a review. They are the same ones for every fact, and are drawn again only when one of them is enabled or not. */
export const FactActions = memo(function FactActions(props: Props) {
  const { canAccept, canReject, canUndo, correctButton, onAction, onCorrect } = props;
  const { t } = useTranslation("analysis");
  return (
    <Inline spacing={0.5}>
      <Button
        size="small"
        variant="outlined"
        sx={SMALL}
        disabled={!canAccept}
        onClick={() => onAction("accept")}
      >
        {t("review.accept")}
      </Button>
      <Button ref={correctButton} size="small" variant="outlined" sx={SMALL} onClick={onCorrect}>
        {t("review.correct")}
      </Button>
      <Button
        size="small"
        variant="outlined"
        sx={SMALL}
        disabled={!canReject}
        onClick={() => onAction("reject")}
      >
        {t("review.reject")}
      </Button>
      {canUndo && (
        <IconButton
          icon="takeBack"
          label={t("review.undo")}
          sx={SMALL_ICON}
          onClick={() => onAction("reset")}
        />
      )}
    </Inline>
  );
});
