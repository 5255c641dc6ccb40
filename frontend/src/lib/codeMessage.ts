import type catalogue from "../../../layers/core/python/docket/messages/en.json";
import { formatDate, formatDecimal, formatList, formatMoney, formatNumber } from "./format";
import { i18n } from "./i18n";

/** The groups of the message catalogue that the site shares with the API and the report. */
export type CodeGroup = keyof typeof catalogue;

export type CodeParams = Record<string, string | number | string[]>;

/** A code of the API with its parameters. `fallback` is the English message of the API. */
export interface Reason {
  code: string | null;
  params: CodeParams;
  fallback: string;
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/**
 * The message for a code in the current language. A code that this version of the site does not know, or a message with
 * a missing parameter, yields the fallback. A parameter `context` selects a variant: `code_context`.
 */
export function codeMessage(group: CodeGroup, { code, params, fallback }: Reason): string {
  if (!code) return fallback;
  const message = messageOf(group, `${code}_${params.context}`) ?? messageOf(group, code);
  if (message === undefined) return fallback;
  const values = displayValues(params);
  const isComplete = [...message.matchAll(PLACEHOLDER)].every(([, name = ""]) => name in values);
  return isComplete
    ? message.replaceAll(PLACEHOLDER, (_placeholder, name: string) => values[name] ?? "")
    : fallback;
}

function messageOf(group: CodeGroup, key: string): string | undefined {
  return i18n.getResource(i18n.language, "codes", `${group}.${key}`);
}

/** The parameters as text in the reader's language. Amounts are in minor units of the parameter `currency`. */
function displayValues(params: CodeParams): Record<string, string> {
  const { currency } = params;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (Array.isArray(value)) return [name, formatList(value)];
      if (typeof value === "string") return [name, textIn(name, value)];
      const isAmount = (name === "amount" || name.endsWith("_minor")) && typeof currency === "string";
      return isAmount
        ? [name.replace(/_minor$/, ""), formatMoney(value, currency)]
        : [name, formatNumber(value)];
    }),
  );
}

function textIn(name: string, value: string): string {
  if (name === "fact") return factLabel(value);
  // What was added up, which no document states.
  if (name === "sum") return formatDecimal(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(value) : value;
}

function factLabel(name: string): string {
  return i18n.getResource(i18n.language, "analysis", `facts.${name}`) ?? name.replaceAll("_", " ");
}
