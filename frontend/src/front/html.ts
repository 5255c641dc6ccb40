/** Markup that needs no escaping any more. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/** A template of markup: texts are escaped, other markup is inserted, `false` and `null` are nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: strings.reduce((whole, text, index) => whole + markupOf(parts[index - 1]) + text) };
}

/** Markup as it is. */
export function raw(markup: string): Html {
  return { markup };
}

function markupOf(part: Part): string {
  if (part === false || part === null || part === undefined) return "";
  if (Array.isArray(part)) return part.map(markupOf).join("");
  if (typeof part === "object") return (part as Html).markup;
  return String(part).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
