import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";

interface Props {
  chosenCount: number;
  /** All rows that are shown are chosen. */
  isAll: boolean;
  /** More rows are being loaded: all of them cannot be chosen yet. */
  isLoading: boolean;
  canUndo: boolean;
  onChooseAll: () => void;
  onChooseNone: () => void;
  onUndo: () => void;
  onRemove: () => void;
}

/** Chooses all rows or none, and has the buttons for those that are chosen. */
export function ChoiceBar(props: Props) {
  const { chosenCount, isAll, isLoading, canUndo, onChooseAll, onChooseNone, onUndo, onRemove } = props;
  const { t } = useTranslation("orders");
  return (
    <Inline between className="no-print">
      <FormControlLabel
        control={
          <Checkbox
            checked={isAll}
            disabled={isLoading}
            indeterminate={chosenCount > 0 && !isAll}
            onChange={isAll ? onChooseNone : onChooseAll}
            sx={{ p: 0.75 }}
          />
        }
        label={chosenCount > 0 ? t("choice.chosen", { count: chosenCount }) : t("choice.all")}
        sx={{ ml: -0.75 }}
      />
      <Inline spacing={0.5}>
        {canUndo && (
          <Button size="small" color="neutral" onClick={onUndo}>
            {t("choice.undo")}
          </Button>
        )}
        {chosenCount > 0 && (
          <Button size="small" color="error" onClick={onRemove}>
            {t("choice.remove", { count: chosenCount })}
          </Button>
        )}
      </Inline>
    </Inline>
  );
}
