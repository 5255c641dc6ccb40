import Checkbox from "@mui/material/Checkbox";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { SCOPES, type Scope } from "../scopes";

interface Props {
  chosen: Scope[];
  onChange: (chosen: Scope[]) => void;
  error: string | undefined;
}

/** A checkbox for each scope, with what it allows. */
export function ScopeChoice({ chosen, onChange, error }: Props) {
  const { t } = useTranslation("apiKeys");
  const id = useId();
  return (
    <FormControl component="fieldset" error={Boolean(error)} aria-describedby={error && `${id}-error`}>
      <FormLabel component="legend">{t("create.scopes")}</FormLabel>
      {SCOPES.map((scope) => (
        <FormControlLabel
          key={scope}
          sx={{ alignItems: "flex-start", mr: 0, mt: 0.75 }}
          control={
            <Checkbox
              checked={chosen.includes(scope)}
              onChange={(_event, isChosen) =>
                onChange(SCOPES.filter((other) => (other === scope ? isChosen : chosen.includes(other))))
              }
              sx={{ py: 0 }}
            />
          }
          label={
            <>
              {t(`scope.${scope}.name`)}{" "}
              <Muted small component="span" sx={{ display: "block" }}>
                {t(`scope.${scope}.text`)}
              </Muted>
            </>
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
