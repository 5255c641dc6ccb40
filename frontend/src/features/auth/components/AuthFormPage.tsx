import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Field, type FieldProps } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Title } from "@/components/Title";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useForm } from "@/components/useForm";

interface Props {
  title: string;
  intro?: string;
  /** A message above the form. */
  notice?: string | undefined;
  fields: FieldProps[];
  submitLabel: string;
  onSubmit: (values: Record<string, string>) => Promise<unknown>;
  /** Shown under the card: the link to the other form. */
  footer: ReactNode;
}

/** A page with one form in a card: login or registration. */
export function AuthFormPage({ title, intro, notice, fields, submitLabel, onSubmit, footer }: Props) {
  const form = useForm(onSubmit);
  const codeMessage = useCodeMessage();
  const fieldError = (name: string) => {
    const reason = form.fields[name];
    return reason && codeMessage("field", reason);
  };
  return (
    <div className="auth-page stack">
      <Title of={title} />
      <div className="card stack">
        <h1>{title}</h1>
        {intro && <p className="muted">{intro}</p>}
        {notice && <Notice severity="info">{notice}</Notice>}
        <ProblemAlert problem={form.problem} />
        <form className="stack" onSubmit={form.onSubmit}>
          {fields.map((field) => (
            <Field key={field.name} {...field} error={fieldError(field.name)} />
          ))}
          <Button type="submit" variant="contained" busy={form.busy}>
            {submitLabel}
          </Button>
        </form>
      </div>
      <p className="center">{footer}</p>
    </div>
  );
}
