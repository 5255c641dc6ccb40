import Stack from "@mui/material/Stack";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useUnsavedInput } from "@/components/useUnsavedInput";
import type { FactResponse } from "@/lib/api/client.generated";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { isProblem } from "@/lib/api/problem";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { isPageAboveFacts } from "../pageLocation";
import { wordsToTyped } from "../readValue";
import { isShownAt } from "../selection";
import { currencyOf, inputKindOf, toRequest, toTyped } from "../typedValue";
import type { Placing } from "../usePlacing";

interface Props {
  fact: FactResponse;
  documentId: string;
  placing: Placing;
  /** Why the last value was refused. */
  problem: unknown;
  busy: boolean;
  /** Gets the value in the form of the API. */
  onSubmit: (value: string) => void;
  onCancel: () => void;
}

/** The right value of a fact, typed in an input of its type, or taken from the page. Escape closes it. */
export function CorrectionForm(props: Props) {
  const { fact, documentId, placing, problem, busy, onSubmit, onCancel } = props;
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const input = useRef<HTMLInputElement>(null);
  const kind = inputKindOf(fact);
  const refused = isProblem(problem) ? problem.fields.value : undefined;
  const { place } = placing;
  const taken = place?.fact;
  const { name } = fact;
  const [isTyped, setIsTyped] = useState(false);
  useUnsavedInput({
    isUnsaved: isTyped || place !== null,
    isKeptAt: (to) => isShownAt(to, documentId, fact.id),
    discard: onCancel,
  });

  // Where the page is above the facts, the form is above its end.
  useEffect(() => {
    const place = isPageAboveFacts() ? document.querySelector(".highlight rect") : null;
    place?.scrollIntoView({ block: "nearest", behavior: scrollBehavior() });
  }, []);

  // What was read at the chosen place is the value, which can be changed before it is saved.
  useEffect(() => {
    if (!taken || !input.current) return;
    input.current.value = toTyped({ ...taken, name });
    input.current.focus();
  }, [taken, name]);

  // Words in the form of the input; null: they have none, and the customer types it.
  const chosen = place?.text ?? null;
  const typed = chosen === null ? null : wordsToTyped(fact, chosen);
  useEffect(() => {
    if (typed !== null && input.current) input.current.value = typed;
  }, [typed]);

  const isOpen = placing.mode !== null;
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) input.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get("value");
    if (!busy) onSubmit(toRequest(kind, String(value), currencyOf(fact)));
  }

  return (
    <Stack
      spacing={0.75}
      component="form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <Field
        key={fact.id}
        inputRef={input}
        name="value"
        type={kind === "date" || kind === "time" ? kind : "text"}
        label={t("review.value")}
        defaultValue={toTyped(fact)}
        onChange={(event) => setIsTyped(event.target.value !== toTyped(fact))}
        required
        autoFocus
        maxLength={maxLengths.CorrectFactRequest.value}
        {...(kind === "amount" ? { hint: t("review.amountHint") } : {})}
        error={refused && codeMessage("field", refused)}
      />
      {isOpen && <Muted small>{t(placing.mode === "words" ? "words.hint" : "place.hint")}</Muted>}
      {chosen !== null && typed === null && <Muted small>{t("words.other", { text: chosen })}</Muted>}
      {place && (
        <Inline between spacing={0.5}>
          <Muted small component="span">
            {t("place.chosen", { page: place.page })}
          </Muted>
          <Button size="small" color="neutral" onClick={() => placing.put(null)}>
            {t("place.remove")}
          </Button>
        </Inline>
      )}
      {!refused && <ProblemAlert problem={problem} />}
      <Inline spacing={0.5}>
        <Button type="submit" size="small" variant="contained">
          {t("review.save")}
        </Button>
        {placing.mode !== "words" && (
          <Button size="small" onClick={() => placing.setMode("words")}>
            {t("words.choose")}
          </Button>
        )}
        {placing.mode !== "box" && (
          <Button size="small" onClick={() => placing.setMode("box")}>
            {t("place.choose")}
          </Button>
        )}
        <Button size="small" onClick={onCancel}>
          {t("review.cancel")}
        </Button>
      </Inline>
    </Stack>
  );
}
