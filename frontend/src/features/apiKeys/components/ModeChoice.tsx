import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import Radio from "@mui/material/Radio";
import RadioGroup from "@mui/material/RadioGroup";
import { useTranslation } from "react-i18next";
import { MODES, type Mode } from "../modes";
import { ChoiceLabel } from "./ChoiceLabel";

interface Props {
  chosen: Mode;
  onChange: (chosen: Mode) => void;
}

/** Whether a key uses the customer's own orders, or the sample order only. */
export function ModeChoice({ chosen, onChange }: Props) {
  const { t } = useTranslation("apiKeys");
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend" id="mode-of-key">
        {t("create.mode")}
      </FormLabel>
      <RadioGroup aria-labelledby="mode-of-key" name="mode" value={chosen}>
        {MODES.map((mode) => (
          <FormControlLabel
            key={mode}
            value={mode}
            sx={{ alignItems: "flex-start", mr: 0, mt: 0.75 }}
            control={<Radio sx={{ py: 0 }} onChange={() => onChange(mode)} />}
            label={<ChoiceLabel name={t(`mode.${mode}.name`)} text={t(`mode.${mode}.text`)} />}
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
