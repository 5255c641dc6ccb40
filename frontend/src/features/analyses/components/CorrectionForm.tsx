import Button from "@mui/material/Button";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { FactResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { inputKindOf, toRequest, toTyped } from "../typedValue";

interface Props {
  fact: FactResponse;
  /** Why the last value was refused. */
  problem: unknown;
  busy: boolean;
  /** Gets the value in the form of the API. */
  onSubmit: (value: string) => void;
  onCancel: () => void;
}

const LONGEST = 600;

/** The right value of a fact, typed in an input of its type. Escape closes it. */
export function CorrectionForm({ fact, problem, busy, onSubmit, onCancel }: Props) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const kind = inputKindOf(fact);
  const refused = isProblem(problem) ? problem.fields.value : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("value");
    if (!busy) onSubmit(toRequest(kind, String(typed)));
  }

  return (
    <form
      className="stack tight"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <Field
        key={fact.id}
        name="value"
        type={kind === "date" || kind === "time" ? kind : "text"}
        label={t("review.value")}
        defaultValue={toTyped(fact)}
        required
        autoFocus
        maxLength={LONGEST}
        {...(kind === "amount" ? { hint: t("review.amountHint") } : {})}
        error={refused && codeMessage("field", refused)}
      />
      {!refused && <ProblemAlert problem={problem} />}
      <div className="row tight">
        <Button type="submit" size="small" variant="contained">
          {t("review.save")}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t("review.cancel")}
        </Button>
      </div>
    </form>
  );
}
