import { useState } from "react";
import { useTranslation } from "react-i18next";
import { passwordStrength } from "@/lib/passwordStrength";
import { Field, type FieldProps } from "./Field";

const LEVELS = { weak: 1, fair: 2, strong: 3 } as const;

/** A new password, with its strength below it. Password managers and pasting work as in every input. */
export function NewPasswordField(props: FieldProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const strength = passwordStrength(password);
  return (
    <div className="stack tight">
      <Field
        {...props}
        type="password"
        autoComplete="new-password"
        maxLength={128}
        required
        onChange={(event) => setPassword(event.target.value)}
      />
      {password && (
        <div className="row small muted">
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
        </div>
      )}
    </div>
  );
}
