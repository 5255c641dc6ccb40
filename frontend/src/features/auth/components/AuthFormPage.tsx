import Stack from "@mui/material/Stack";
import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Field, type FieldProps } from "@/components/Field";
import { Muted } from "@/components/Muted";
import { NewPasswordField } from "@/components/NewPasswordField";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { type FormOptions, useForm } from "@/components/useForm";
import { AuthPage } from "./AuthPage";

interface Props<Name extends string> {
  title: string;
  intro?: string;
  /** A message above the form. */
  notice?: string | undefined;
  /** The result, in place of the form. */
  success?: string | undefined;
  /** Without fields there is no form. */
  fields: (FieldProps & { name: Name })[];
  form: FormOptions<Name>;
  submitLabel: string;
  /** What the reader accepts by submitting. */
  terms?: ReactNode;
  /** Another way, below the form. */
  alternative?: ReactNode;
  /** Shown under the card: the link to the other form. */
  footer: ReactNode;
}

/** A page with one form in a card, such as login or registration. */
export function AuthFormPage<Name extends string>({
  title,
  intro,
  notice,
  success,
  fields,
  submitLabel,
  terms,
  form: options,
  alternative,
  footer,
}: Props<Name>) {
  const form = useForm(options);
  return (
    <AuthPage title={title} footer={footer}>
      {success ? (
        <Notice severity="success">{success}</Notice>
      ) : (
        <>
          {intro && <Muted>{intro}</Muted>}
          {notice && <Notice severity="info">{notice}</Notice>}
          <ProblemAlert problem={form.problem} />
          {fields.length > 0 && (
            <Stack spacing={2} component="form" {...form.props}>
              {fields.map((field) =>
                field.autoComplete === "new-password" ? (
                  <NewPasswordField key={field.name} {...field} {...form.field(field.name)} />
                ) : (
                  <Field key={field.name} {...field} {...form.field(field.name)} />
                ),
              )}
              {terms}
              <Button type="submit" variant="contained" busy={form.busy}>
                {submitLabel}
              </Button>
            </Stack>
          )}
          {alternative}
        </>
      )}
    </AuthPage>
  );
}
