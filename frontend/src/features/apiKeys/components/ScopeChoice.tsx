import Checkbox from "@mui/material/Checkbox";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type Mode, scopesOf } from "../modes";
import type { Scope } from "../scopes";
import { ChoiceLabel } from "./ChoiceLabel";

interface Props {
  mode: Mode;
  chosen: Scope[];
  onChange: (chosen: Scope[]) => void;
  error: string | undefined;
}

/** A checkbox for each scope that a key of the mode may have, with what it allows. */
export function ScopeChoice({ mode, chosen, onChange, error }: Props) {
  const { t } = useTranslation("apiKeys");
  const id = useId();
  const offered = scopesOf(mode);
  return (
    <FormControl component="fieldset" error={Boolean(error)} aria-describedby={error && `${id}-error`}>
      <FormLabel component="legend">{t("create.scopes")}</FormLabel>
      {offered.map((scope) => (
        <FormControlLabel
          key={scope}
          sx={{ alignItems: "flex-start", mr: 0, mt: 0.75 }}
          control={
            <Checkbox
              checked={chosen.includes(scope)}
              onChange={(_event, isChosen) =>
                onChange(offered.filter((other) => (other === scope ? isChosen : chosen.includes(other))))
              }
              sx={{ py: 0 }}
            />
          }
          label={
            <ChoiceLabel
              name={t(`scope.${scope}.name`)}
              text={mode === "test" && scope !== "pay" ? t(`sampleScope.${scope}`) : t(`scope.${scope}.text`)}
            />
          }
        />
      ))}
      {error && (
        <FormHelperText id={`${id}-error`} role="alert">
          {error}
        </FormHelperText>
      )}
    </FormControl>
  );
}
