import type { ReactNode } from "react";
import { Link } from "react-router";
import { Button } from "@/components/Button";
import { Field, type FieldProps } from "@/components/Field";
import { useForm } from "@/components/form";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useFieldError } from "@/components/said";
import { Title } from "@/components/Title";

interface Props {
  title: string;
  intro?: string;
  /** Something to know before filling in the form. */
  notice?: string | undefined;
  fields: FieldProps[];
  submit: string;
  send: (values: Record<string, string>) => Promise<unknown>;
  after: ReactNode;
}

/** One of the ways in: a card with a form, and under it the way to the others. */
export function EntryPage({ title, intro, notice, fields, submit, send, after }: Props) {
  const form = useForm(send);
  const fieldError = useFieldError();
  return (
    <div className="gate stack">
      <Title of={title} />
      <div className="card stack">
        <h1>{title}</h1>
        {intro && <p className="soft">{intro}</p>}
        {notice && <Notice tone="info">{notice}</Notice>}
        <ProblemAlert problem={form.problem} />
        <form className="stack" onSubmit={form.onSubmit}>
          {fields.map((field) => (
            <Field key={field.name} {...field} error={fieldError(form.fields[field.name] ?? "")} />
          ))}
          <Button type="submit" look="filled" busy={form.busy}>
            {submit}
          </Button>
        </form>
      </div>
      <p className="center">{after}</p>
    </div>
  );
}

interface WayProps {
  to: string;
  /** Where the person wanted to be is handed on from one way in to the next. */
  state?: unknown;
  children: string;
}

export function Way({ to, state, children }: WayProps) {
  return (
    <Link to={to} state={state}>
      {children}
    </Link>
  );
}
