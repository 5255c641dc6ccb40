import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Field, type FieldProps } from "@/components/Field";
import { NewPasswordField } from "@/components/NewPasswordField";
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
  /** The result, in place of the form. */
  success?: string | undefined;
  /** Without fields there is no form. */
  fields: FieldProps[];
  submitLabel: string;
  onSubmit: (values: Record<string, string>) => Promise<unknown>;
  /** Shown under the card: the link to the other form. */
  footer: ReactNode;
}

/** A page with one form in a card, such as login or registration. */
export function AuthFormPage({
  title,
  intro,
  notice,
  success,
  fields,
  submitLabel,
  onSubmit,
  footer,
}: Props) {
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
        {success ? (
          <Notice severity="success">{success}</Notice>
        ) : (
          <>
            {intro && <p className="muted">{intro}</p>}
            {notice && <Notice severity="info">{notice}</Notice>}
            <ProblemAlert problem={form.problem} />
            {fields.length > 0 && (
              <form className="stack" onSubmit={form.onSubmit}>
                {fields.map((field) =>
                  field.autoComplete === "new-password" ? (
                    <NewPasswordField key={field.name} {...field} error={fieldError(field.name)} />
                  ) : (
                    <Field key={field.name} {...field} error={fieldError(field.name)} />
                  ),
                )}
                <Button type="submit" variant="contained" busy={form.busy}>
                  {submitLabel}
                </Button>
              </form>
            )}
          </>
        )}
      </div>
      <p className="center">{footer}</p>
    </div>
  );
}
