import { i18n } from "./i18n";

/** The regional variant of the current language that the browser prefers, e.g. `en-GB`. */
function locale(): string {
  const matches = (tag: string) => tag.split("-")[0] === i18n.language && isWellFormed(tag);
  return navigator.languages.find(matches) ?? i18n.language;
}

/** A browser on a system without a locale reports "en-US@posix", which `Intl` rejects. */
function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

// Creating a formatter takes milliseconds, and a list uses hundreds of the same.
const numbers = memoized((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale(), options));
const dates = memoized((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), options));

/** An amount in minor units, e.g. cents. */
export function formatMoney(minorUnits: number, currency: string | null): string {
  if (!currency) return numbers({ minimumFractionDigits: 2 }).format(minorUnits / 100);
  const format = numbers({ style: "currency", currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}

export function formatDate(iso: string): string {
  return dateFormat({ dateStyle: "medium", ...zoneOf(iso) }, iso);
}

/** A time in the zone of the device, which it names: people of one account are in several. */
export function formatDateTime(iso: string): string {
  const time = dateFormat({ dateStyle: "medium", timeStyle: "short" }, iso);
  const zone = zoneName(new Date(iso));
  return zone ? `${time} ${zone}` : time;
}

/** A local date and time for the name of a file, which sorts and has no sign that systems refuse. */
export function formatFileDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[two(date.getHours()), two(date.getMinutes()), two(date.getSeconds())].join("-")}`;
}

/** How long it is from now until a time that is not over: in minutes or hours, rounded up. */
export function formatTimeUntil(iso: string, now: number = Date.now()): string {
  const minutes = Math.max(1, Math.ceil((new Date(iso).getTime() - now) / 60_000));
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
  return minutes < 60 ? format.format(minutes, "minute") : format.format(Math.ceil(minutes / 60), "hour");
}

/** A duration in minutes, or in hours from two hours on, rounded up. */
export function formatMinutes(minutes: number): string {
  const isLong = minutes >= 120;
  return numbers({ style: "unit", unit: isLong ? "hour" : "minute", unitDisplay: "long" }).format(
    isLong ? Math.ceil(minutes / 60) : minutes,
  );
}

export function formatNumber(value: number): string {
  return numbers({}).format(value);
}

/** Decimal text of the API with as many decimals; what is no number stays as it is. */
export function formatDecimal(text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  return numbers({ minimumFractionDigits: text.split(".")[1]?.length ?? 0 }).format(Number(text));
}

export function formatList(values: string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(values);
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

// `Intl` names the zone beside styles only with the seconds.
function zoneName(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) return;
  const parts = dates({ hour: "numeric", timeZoneName: "short" }).formatToParts(date);
  return parts.find(({ type }) => type === "timeZoneName")?.value;
}

// A date without a time is the same calendar day in every time zone.
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

/** The sign between the whole and the fraction of a number. */
export function decimalMark(): string {
  const part = numbers({})
    .formatToParts(1.5)
    .find(({ type }) => type === "decimal");
  return part?.value ?? ".";
}
