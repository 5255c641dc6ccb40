import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Inline } from "@/components/Inline";
import { passwordStrength } from "@/lib/passwordStrength";
import { Field, type FieldProps } from "./Field";

const LEVELS = { weak: 1, fair: 2, strong: 3 } as const;

/** A new password, with its strength below it. Password managers and pasting work as in every input. */
export function NewPasswordField(props: FieldProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const strength = passwordStrength(password);
  return (
    <Stack spacing={0.75}>
      <Field
        {...props}
        type="password"
        autoComplete="new-password"
        onChange={(event) => {
          setPassword(event.target.value);
          props.onChange?.(event);
        }}
      />
      {password && (
        <Inline sx={{ typography: "body2", color: "text.secondary" }}>
          <meter
            min={0}
            max={LEVELS.strong}
            low={LEVELS.fair}
            high={LEVELS.strong}
            optimum={LEVELS.strong}
            value={LEVELS[strength]}
            aria-label={t("password.strength")}
          />
          <span role="status">{t(`password.${strength}`)}</span>
        </Inline>
      )}
    </Stack>
  );
}
