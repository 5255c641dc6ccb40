import type { FactResponse, LineItemRequest, LineItemResponse } from "@/lib/api/client.generated";
import { decimalMark } from "@/lib/format";
import { decimalsOf, toRequest } from "./typedValue";

export const COLUMNS = [
  "description",
  "item_number",
  "date",
  "quantity",
  "unit",
  "unit_price",
  "discount",
  "tax_rate",
  "amount",
] as const;

export type Column = (typeof COLUMNS)[number];

const TEXTS: readonly Column[] = ["description", "item_number", "date", "unit"];
const ALWAYS: readonly Column[] = ["description", "quantity", "unit_price", "amount"];
const EMPTY = Object.fromEntries(COLUMNS.map((column) => [column, ""])) as Record<Column, string>;

/** A row while it is edited: numbers are as they are typed in the language of the site. */
export interface DraftRow {
  key: string;
  /** Null: it was added. */
  id: string | null;
  page: number | null;
  cells: Record<Column, string>;
}

export function isNumber(column: Column): boolean {
  return !TEXTS.includes(column);
}

/** The columns that any of the rows has, and those that every invoice has. */
export function editedColumns(items: LineItemResponse[]): Column[] {
  return COLUMNS.filter((column) => ALWAYS.includes(column) || items.some((item) => item[column]));
}

export function toDraft(items: LineItemResponse[]): DraftRow[] {
  return items.map((item, index) => ({
    key: `row ${index}`,
    id: item.id ?? null,
    page: item.page,
    cells: Object.fromEntries(
      COLUMNS.map((column) => {
        const value = item[column] ?? "";
        return [column, isNumber(column) ? value.replace(".", decimalMark()) : value];
      }),
    ) as Record<Column, string>,
  }));
}

export function emptyRow(key: string, page: number | null): DraftRow {
  return { key, id: null, page, cells: EMPTY };
}

/** A number as it was typed, in the form of the API. */
function decimal(typed: string): string {
  const text = typed.trim();
  if (!text.endsWith("%")) return toRequest("amount", text);
  return `${toRequest("amount", text.slice(0, -1))}%`;
}

/** The row in the form of the API, which says what is wrong with it. */
export function rowRequest({ id, page, cells }: DraftRow): LineItemRequest {
  const texts = COLUMNS.map((column) => {
    const text = isNumber(column) ? decimal(cells[column]) : cells[column].trim();
    return [column, column === "tax_rate" ? text.replace(/%$/, "") : text] as const;
  });
  const stated = Object.fromEntries(texts.filter(([, text]) => text !== ""));
  return { description: "", amount: "", ...stated, ...(id ? { id } : {}), ...(page ? { page } : {}) };
}

/** An unchanged row in the form of the API. */
export function sameRequest(item: LineItemResponse): LineItemRequest {
  const { id, page } = item;
  const stated = COLUMNS.map((column) => [column, item[column]] as const);
  return {
    description: item.description,
    amount: item.amount,
    ...Object.fromEntries(stated.filter(([, value]) => value)),
    ...(id ? { id } : {}),
    ...(page ? { page } : {}),
  };
}

export interface StatedTotal {
  /** The name of the fact. */
  name: string;
  minor: number;
  currency: string | null;
}

export interface LineItemSum {
  minor: number;
  currency: string | null;
  /** The total that the sum is, or else the nearest one; null: the document states none. */
  total: StatedTotal | null;
}

const TOTALS = ["net", "gross", "total"];

/** The sum of the rows beside the total of the document that it should be; null: an amount is no number. */
export function sumOf(rows: DraftRow[], facts: FactResponse[]): LineItemSum | null {
  const totals = statedTotals(facts);
  const currency = totals[0]?.currency ?? null;
  const factor = 10 ** decimalsOf(currency);
  let minor = 0;
  for (const { cells } of rows) {
    const amount = decimal(cells.amount);
    if (!/^-?\d+(\.\d+)?$/.test(amount)) return null;
    minor += Math.round(Number(amount) * factor);
  }
  const [total = null] = totals.toSorted(
    (first, second) => Math.abs(first.minor - minor) - Math.abs(second.minor - minor),
  );
  return { minor, currency, total };
}

/** The net and gross totals: what was reviewed, else the best candidate. What was rejected is none. */
function statedTotals(facts: FactResponse[]): StatedTotal[] {
  return TOTALS.flatMap((name) => {
    const candidates = facts.filter((fact) => fact.name === name && fact.review?.verdict !== "rejected");
    const { normalised } = candidates.find(({ review }) => review) ?? candidates[0] ?? {};
    return typeof normalised === "object" && normalised !== null
      ? [{ name, minor: normalised.minor, currency: normalised.currency }]
      : [];
  });
}
