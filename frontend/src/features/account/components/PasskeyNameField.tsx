import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { isProblem } from "@/lib/api/problem";

interface Props {
  /** The problem of the last attempt; that of the name is shown at the field. */
  problem: unknown;
  maxLength: number;
  defaultValue?: string;
}

/** The name of a passkey, in a form. */
export function PasskeyNameField({ problem, maxLength, defaultValue }: Props) {
  const { t } = useTranslation("account");
  const codeMessage = useCodeMessage();
  const reason = isProblem(problem) ? problem.fields.name : undefined;
  return (
    <>
      <ProblemAlert problem={reason ? undefined : problem} />
      <Field
        name="name"
        label={t("passkeys.name")}
        hint={t("passkeys.nameHint")}
        defaultValue={defaultValue}
        error={reason && codeMessage("field", reason)}
        maxLength={maxLength}
        autoFocus
        required
      />
    </>
  );
}
