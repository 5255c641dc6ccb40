import { i18n } from "./i18n";

/** The language that is spoken here, in the kind that the browser's person prefers: days as in Britain, say. */
function locale(): string {
  const matches = (tag: string) => tag.split("-")[0] === i18n.language && isWellFormed(tag);
  return navigator.languages.find(matches) ?? i18n.language;
}

/** A browser on a system without a locale names "en-US@posix", which `Intl` does not take. */
function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

// The first of a kind costs the browser milliseconds, and a list has hundreds of the same.
const numbers = memoized((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale(), options));
const dates = memoized((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), options));

/** Everything a person reads as a number, a date or money goes through `Intl`, in their language. */
export function formatMoney(minorUnits: number, currency: string | null): string {
  if (!currency) return numbers({ minimumFractionDigits: 2 }).format(minorUnits / 100);
  const format = numbers({ style: "currency", currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}

export function formatDate(iso: string): string {
  return dateFormat({ dateStyle: "medium", ...zoneOf(iso) }, iso);
}

export function formatDateTime(iso: string): string {
  return dateFormat({ dateStyle: "medium", timeStyle: "short" }, iso);
}

export function formatPercent(fraction: number): string {
  return numbers({ style: "percent" }).format(fraction);
}

export function formatBytes(count: number): string {
  const [value, unit] =
    count < 1_000_000 ? [Math.max(count, 1) / 1_000, "kilobyte"] : [count / 1_000_000, "megabyte"];
  return numbers({
    style: "unit",
    unit: unit as string,
    unitDisplay: "short",
    maximumFractionDigits: (value as number) < 10 ? 1 : 0,
  }).format(value as number);
}

export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(i18n.language, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

// A bare date is a day on the calendar wherever the reader sits; reading it in their zone would shift it.
function zoneOf(iso: string): Intl.DateTimeFormatOptions {
  return /^\d{4}-\d\d-\d\d$/.test(iso) ? { timeZone: "UTC" } : {};
}

function dateFormat(options: Intl.DateTimeFormatOptions, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates(options).format(date);
}

function memoized<Options, Format>(make: (options: Options) => Format): (options: Options) => Format {
  const known = new Map<string, Format>();
  return (options) => {
    const key = locale() + JSON.stringify(options);
    const format = known.get(key) ?? make(options);
    known.set(key, format);
    return format;
  };
}
