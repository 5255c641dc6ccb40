import { useTranslation } from "react-i18next";

/**
 * A text of the service's own, in the reader's language where it is one that is known here, and in the service's
 * words otherwise: a reason is never withheld because nobody has translated it. Known sentences may hold values, which
 * stand in the same places as in the service's: `Net {{net}} and tax {{tax}} do not make gross {{gross}}.`
 */
export function useServerText(): (text: string) => string {
  const { i18n } = useTranslation("serverText");
  return translated(i18n.getResourceBundle(i18n.language, "serverText"));
}

/** The same for what is wrong with a field of the ways in, whose words come with those of their pages. */
export function useFieldError(): (text: string) => string {
  const { i18n } = useTranslation("auth");
  return translated(i18n.getResourceBundle(i18n.language, "auth")?.fieldErrors);
}

function translated(known: Record<string, string> | undefined): (text: string) => string {
  return (text) => (known && (known[text] ?? withValues(known, text))) ?? text;
}

function withValues(known: Record<string, string>, text: string): string | undefined {
  for (const [form, translated] of Object.entries(known)) {
    const values = form.includes("{{") && formOf(form).exec(text)?.groups;
    if (values) return translated.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? "");
  }
  return undefined;
}

function formOf(form: string): RegExp {
  const literal = form.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\{\{(\w+)\}\}/g, "(?<$1>.+?)")}$`);
}
