import { type FormEvent, useState } from "react";
import { isProblem } from "@/lib/api/problem";

export interface FormState {
  /** What failed, unless a field at fault says so itself. */
  problem: unknown;
  fields: Record<string, string>;
  busy: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** A form whose values are read when it is sent, and whose errors stand at the fields they are about. */
export function useForm(send: (values: Record<string, string>) => Promise<unknown>): FormState {
  const [problem, setProblem] = useState<unknown>(null);
  const [names, setNames] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);

  async function submit(form: HTMLFormElement) {
    setBusy(true);
    setProblem(null);
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values[name] = value;
    setNames(Object.keys(values));
    try {
      await send(values);
    } catch (error) {
      setProblem(error);
      const first = isProblem(error) ? Object.keys(error.fields)[0] : undefined;
      const input = first ? form.elements.namedItem(first) : null;
      if (input instanceof HTMLElement) input.focus();
    } finally {
      setBusy(false);
    }
  }

  const fields = isProblem(problem) ? problem.fields : {};
  return {
    problem: Object.keys(fields).some((name) => names.includes(name)) ? null : problem,
    fields,
    busy,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy) void submit(event.currentTarget);
    },
  };
}
