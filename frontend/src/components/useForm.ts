import { type FormEvent, useState } from "react";
import { isProblem } from "@/lib/api/problem";
import type { Reason } from "@/lib/codeMessage";

export interface FormState {
  /** The error to show above the form; null when fields of the form show it. */
  problem: unknown;
  fields: Record<string, Reason>;
  busy: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** A form that reads its values on submit and assigns the errors of a failed request to its fields. */
export function useForm(submit: (values: Record<string, string>) => Promise<unknown>): FormState {
  const [problem, setProblem] = useState<unknown>(null);
  const [fieldNames, setFieldNames] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);

  async function handleSubmit(form: HTMLFormElement) {
    setBusy(true);
    setProblem(null);
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
    setFieldNames(Object.keys(values));
    try {
      await submit(values);
    } catch (error) {
      setProblem(error);
      const firstField = isProblem(error) ? Object.keys(error.fields)[0] : undefined;
      const input = firstField ? form.elements.namedItem(firstField) : null;
      if (input instanceof HTMLElement) input.focus();
    } finally {
      setBusy(false);
    }
  }

  const fields = isProblem(problem) ? problem.fields : {};
  return {
    problem: Object.keys(fields).some((name) => fieldNames.includes(name)) ? null : problem,
    fields,
    busy,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy) void handleSubmit(event.currentTarget);
    },
  };
}
