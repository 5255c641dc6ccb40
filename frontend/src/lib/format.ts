import { i18n } from "./i18n";

/** Everything a person reads as a number, a date or money goes through `Intl`, in their language. */
export function money(minorUnits: number, currency: string | null): string {
  if (!currency)
    return new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2 }).format(minorUnits / 100);
  const format = new Intl.NumberFormat(i18n.language, {
    style: "currency",
    currency: currency.toUpperCase(),
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}

export function day(iso: string): string {
  return dateFormat({ dateStyle: "medium", ...zoneOf(iso) }, iso);
}

export function moment(iso: string): string {
  return dateFormat({ dateStyle: "medium", timeStyle: "short" }, iso);
}

export function percent(fraction: number): string {
  return new Intl.NumberFormat(i18n.language, { style: "percent" }).format(fraction);
}

export function bytes(count: number): string {
  const [value, unit] =
    count < 1_000_000 ? [Math.max(count, 1) / 1_000, "kilobyte"] : [count / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(i18n.language, {
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
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(i18n.language, options).format(date);
}
