import type { FactResponse } from "@/lib/api/client.generated";
import { decimalMark } from "@/lib/format";
import factLists from "./factLists.generated.json";

export type InputKind = "date" | "time" | "amount" | "text";

const KINDS = new Map<string, InputKind>([
  ...factLists.dates.map((name) => [name, "date"] as const),
  ...factLists.times.map((name) => [name, "time"] as const),
  ...factLists.amounts.map((name) => [name, "amount"] as const),
]);

/** The input that fits the value of a fact. */
export function inputKindOf({ name }: FactResponse): InputKind {
  return KINDS.get(name) ?? "text";
}

/** The value of a fact as a person types it: an amount with the decimal mark of the language. */
export function toTyped({ name, value, normalised }: FactResponse): string {
  const kind = KINDS.get(name);
  if (kind === "amount" && typeof normalised === "object" && normalised !== null) {
    const { minor, currency } = normalised;
    const digits = decimalsOf(currency);
    const number = (minor / 10 ** digits).toFixed(digits).replace(".", decimalMark());
    return currency ? `${number} ${currency.toUpperCase()}` : number;
  }
  if (kind === "date" || kind === "time") return typeof normalised === "string" ? normalised : "";
  return value;
}

const AMOUNT = /^(?<number>-?[\d.,'’\s\u00a0]*\d)$/;
const CODE = /^[a-z]{3}|[a-z]{3}$/i;
const SIGNS: Record<string, string> = { "€": "EUR", $: "USD", "£": "GBP", "¥": "JPY" };
const SIGN = /[€$£¥]/;

/**
 * What a person typed, in the form of the API. `known` is the currency of the fact, which a sign that several have may
 * mean. What is not an amount stays as it is: the API says what is wrong.
 */
export function toRequest(kind: InputKind, typed: string, known: string | null = null): string {
  const text = typed.trim().replace("−", "-");
  const code = CODE.exec(text)?.[0].toUpperCase() ?? signCurrency(text, known);
  const bare = text
    .replace(CODE, "")
    .replace(SIGN, "")
    .replace(/^\s*-\s*/, "-")
    .trim();
  const number = kind === "amount" ? AMOUNT.exec(bare)?.groups?.number : undefined;
  if (!number) return typed.trim();
  const digits = number.replace(/['’\s\u00a0]/g, "");
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const isDecimal = last >= 0 && (digits.length - last <= 3 || isMarkOfLanguage(digits, last));
  const whole = (isDecimal ? digits.slice(0, last) : digits).replace(/[.,]/g, "");
  const amount = isDecimal ? `${whole}.${digits.slice(last + 1)}` : whole;
  return code ? `${amount} ${code}` : amount;
}

/** The code of the currency whose sign a text has: of several with that sign, the `known` one. Null: it has none. */
export function signCurrency(text: string, known: string | null): string | null {
  const sign = SIGN.exec(text)?.[0];
  if (!sign) return null;
  return known && signOf(known) === sign ? known.toUpperCase() : (SIGNS[sign] ?? null);
}

function signOf(currency: string): string | undefined {
  return new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find(({ type }) => type === "currency")?.value;
}

/** The currency of the reader's amount. */
export function currencyOf({ normalised }: Pick<FactResponse, "normalised">): string | null {
  return typeof normalised === "object" ? (normalised?.currency ?? null) : null;
}

/** Whether the only separator is the language's decimal mark: `1.158` is a thousand in German. */
function isMarkOfLanguage(digits: string, at: number): boolean {
  return digits[at] === decimalMark() && digits.indexOf(decimalMark()) === at;
}

/** The number of decimals of a currency. */
export function decimalsOf(currency: string | null): number {
  if (!currency) return 2;
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currency.toUpperCase() });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
