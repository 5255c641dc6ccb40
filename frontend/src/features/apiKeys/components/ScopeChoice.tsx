import { useId } from "react";
import { useTranslation } from "react-i18next";
import { SCOPES } from "../scopes";

/** A checkbox for each scope, with what it allows. */
export function ScopeChoice({ error }: { error: string | undefined }) {
  const { t } = useTranslation("apiKeys");
  const id = useId();
  return (
    <fieldset className="choices stack tight" aria-describedby={error && `${id}-error`}>
      <legend>{t("create.scopes")}</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className="choice">
          <input type="checkbox" name="scope" value={scope} defaultChecked={scope === "read"} />
          <span className="stack hair">
            <span>{t(`scope.${scope}.name`)}</span>
            <span className="muted small">{t(`scope.${scope}.text`)}</span>
          </span>
        </label>
      ))}
      {error && (
        <p id={`${id}-error`} className="text-error small" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
