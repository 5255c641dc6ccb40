import { valibotResolver } from "@hookform/resolvers/valibot";
import { type FormEvent, useState } from "react";
import { type DefaultValues, type Path, useForm as useHookForm } from "react-hook-form";
import { type GenericSchema, is, object } from "valibot";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { isProblem } from "@/lib/api/problem";
import type { FieldProps } from "./Field";
import { useCodeMessage } from "./useCodeMessage";
import { useUnsavedInput } from "./useUnsavedInput";

type Values<Name extends string> = Record<Name, string>;

export interface FormOptions<Name extends string> {
  /** The request of the API that has these fields, which states the most characters of each. */
  request: keyof typeof maxLengths;
  /** What each field accepts; constant. */
  inputs: Record<Name, GenericSchema<string>>;
  defaultValues?: Partial<Values<Name>>;
  /** Asks before what was typed and not sent is lost on the way to another page. */
  asks?: boolean;
  /** Sends the values. Throws the problem that the form shows. */
  submit: (values: Values<Name>) => Promise<unknown>;
}

export interface FormState<Name extends string> {
  /** The properties of a field's input, with the message of what is wrong with it. */
  field: (
    name: Name,
  ) => Required<Pick<FieldProps, "name" | "inputRef" | "onChange" | "onBlur" | "required">> &
    Pick<FieldProps, "error" | "maxLength">;
  /** The properties of the form's element. Messages are the site's, in its language, and not the browser's. */
  props: { noValidate: true; onSubmit: (event: FormEvent<HTMLFormElement>) => void };
  /** The error to show above the form; null when fields of the form show it. */
  problem: unknown;
  busy: boolean;
  /** Sends the values once more. */
  submit: () => Promise<void>;
  reset: () => void;
}

/** A form that checks its values, sends them, and shows the errors of both at its fields. The first wrong one is focused. */
export function useForm<Name extends string>(options: FormOptions<Name>): FormState<Name> {
  const { request, inputs, defaultValues, asks = false, submit } = options;
  const codeMessage = useCodeMessage();
  const [problem, setProblem] = useState<unknown>(null);
  const form = useHookForm<Values<Name>, unknown, Values<Name>>({
    resolver: valibotResolver(object(inputs)) as never,
    defaultValues: { ...emptied(inputs), ...defaultValues } as DefaultValues<Values<Name>>,
  });
  const { errors, isSubmitting } = form.formState;
  useUnsavedInput({ isUnsaved: asks && form.formState.isDirty, discard: () => form.reset() });
  const refused = isProblem(problem) ? problem.fields : {};
  const refusedNames = Object.keys(refused).filter((name) => name in inputs);

  const send = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await submit(values);
      if (asks) form.reset(values);
    } catch (error) {
      setProblem(error);
      const names = isProblem(error) ? Object.keys(error.fields).filter((name) => name in inputs) : [];
      for (const [at, name] of names.entries())
        form.setError(name as Path<Values<Name>>, { type: "refused" }, { shouldFocus: at === 0 });
    }
  });

  function messageOf(name: Name): string | undefined {
    const error = errors[name];
    if (!error) return undefined;
    if (error.type === "refused") return refused[name] && codeMessage("field", refused[name]);
    return codeMessage("field", { code: String(error.message), params: {}, fallback: "" });
  }

  /** A password manager may fill in a field without an event. */
  function takeFilled(element: HTMLFormElement) {
    const filled = new FormData(element);
    for (const name of Object.keys(inputs) as Path<Values<Name>>[]) {
      const value = filled.get(name);
      if (typeof value === "string" && value !== form.getValues(name)) form.setValue(name, value as never);
    }
  }

  return {
    field: (name) => {
      const { ref, onChange, onBlur } = form.register(name as unknown as Path<Values<Name>>);
      return {
        name,
        inputRef: ref,
        onChange,
        onBlur,
        required: !is(inputs[name], ""),
        maxLength: (maxLengths[request] as Record<string, number>)[name],
        error: messageOf(name),
      };
    },
    props: {
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        takeFilled(event.currentTarget);
        if (!isSubmitting) void send();
      },
    },
    problem: refusedNames.length > 0 ? null : problem,
    busy: isSubmitting,
    submit: send,
    reset: form.reset,
  };
}

function emptied(inputs: object): Record<string, string> {
  return Object.fromEntries(Object.keys(inputs).map((name) => [name, ""]));
}
