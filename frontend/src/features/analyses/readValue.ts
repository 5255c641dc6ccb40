import type { FactResponse } from "@/lib/api/client.generated";
import { decimalMark } from "@/lib/format";
import { currencyOf, inputKindOf, signCurrency } from "./typedValue";

const NUMBER = /-?\d(?:[\d.,'’\s\u00a0]*\d)?/;
/** A mark before one or two digits at the end is a decimal one, and one before three digits groups them. */
const DECIMALS = /^(?<whole>.*?)[.,](?<part>\d{1,2})$/;
const ISO = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/;
const NUMBERS = /\b(\d{1,2})\s*(?<mark>[./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\b/;
const TIME = /\b(\d{1,2})[:.](\d{2})\s*(?<half>[ap]\.?m)?/i;
const LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt"];
/** Two digits of a year up to this are of this century. */
const NEAR_YEAR = 70;

/** Words of a page in the form of the input of a fact; null: they are no value of its type. */
export function wordsToTyped(fact: FactResponse, text: string): string | null {
  switch (inputKindOf(fact)) {
    case "amount":
      return amountOf(text, fact);
    case "date":
      return dateOf(text);
    case "time":
      return timeOf(text);
    default:
      return text;
  }
}

function amountOf(text: string, fact: FactResponse): string | null {
  const digits = NUMBER.exec(text)?.[0].replace(/['’\s\u00a0]/g, "");
  if (!digits) return null;
  const { whole = digits, part } = DECIMALS.exec(digits)?.groups ?? {};
  const number = whole.replace(/[.,]/g, "") + (part ? decimalMark() + part : "");
  const known = currencyOf(fact);
  const currency = /\b[A-Z]{3}\b/.exec(text)?.[0] ?? signCurrency(text, known) ?? known?.toUpperCase();
  return currency ? `${number} ${currency}` : number;
}

function dateOf(text: string): string | null {
  const iso = ISO.exec(text);
  if (iso) return isoDate(iso[1], iso[2], iso[3]);
  const match = NUMBERS.exec(text);
  if (match) {
    const [, first, , second, year] = match;
    if (Number(second) > 12) return isoDate(year, first, second);
    // 3/4/2026 is in March or in April.
    const isKnown = match.groups?.mark === "." || Number(first) > 12 || first === second;
    return isKnown ? isoDate(year, second, first) : null;
  }
  const month = monthOf(text);
  const year = /\b\d{4}\b/.exec(text)?.[0];
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(text)?.[0];
  return month && year && day ? isoDate(year, String(month), day) : null;
}

/** The month that is named in a language of the reader. */
function monthOf(text: string): number | null {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  for (const language of LANGUAGES) {
    const format = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
    for (let month = 1; month <= 12; month += 1) {
      const name = format.format(Date.UTC(2026, month - 1, 1)).toLowerCase();
      if (words.some((word) => name === word || name.startsWith(word))) return month;
    }
  }
  return null;
}

function isoDate(year = "", month = "", day = ""): string | null {
  const long = year.length === 2 ? String(Number(year) + (Number(year) < NEAR_YEAR ? 2000 : 1900)) : year;
  const iso = `${long}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

function timeOf(text: string): string | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const half = match.groups?.half?.[0]?.toLowerCase();
  const hour = (Number(match[1]) % (half ? 12 : 24)) + (half === "p" ? 12 : 0);
  return Number(match[2]) < 60 ? `${String(hour).padStart(2, "0")}:${match[2]}` : null;
}
