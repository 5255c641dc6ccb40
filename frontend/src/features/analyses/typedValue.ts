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

const AMOUNT = /^(?<before>[a-z]{3})?\s*(?<number>-?[\d.,'’\s\u00a0]*\d)\s*(?<after>[a-z]{3})?$/i;

/** What a person typed, in the form of the API. What is not an amount stays as it is: the API says what is wrong. */
export function toRequest(kind: InputKind, typed: string): string {
  const match = kind === "amount" ? AMOUNT.exec(typed.trim()) : null;
  if (!match?.groups?.number) return typed.trim();
  const digits = match.groups.number.replace(/['’\s\u00a0]/g, "");
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const isDecimal = last >= 0 && (digits.length - last <= 3 || isMarkOfLanguage(digits, last));
  const whole = (isDecimal ? digits.slice(0, last) : digits).replace(/[.,]/g, "");
  const number = isDecimal ? `${whole}.${digits.slice(last + 1)}` : whole;
  const currency = match.groups.before ?? match.groups.after;
  return currency ? `${number} ${currency.toUpperCase()}` : number;
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
