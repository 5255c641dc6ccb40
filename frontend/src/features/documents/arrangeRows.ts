import { documentName } from "@/lib/documentName";
import type { Duplicate } from "./duplicates";
import type { ListRow } from "./listRows";
import { isRunning } from "./uploads/slice";

/** The orders of the list. */
export const SORTS = ["added", "name", "state"] as const;
/** What the list shows. */
export const SHOWN_STATES = ["all", "problem", "uploading", "reading", "read", "duplicate"] as const;

export type Sort = (typeof SORTS)[number];
export type ShownState = (typeof SHOWN_STATES)[number];

export interface Arrangement {
  sort: Sort;
  state: ShownState;
  /** A part of the name. */
  search: string;
}

export const AS_ADDED: Arrangement = { sort: "added", state: "all", search: "" };

export function isArranged({ sort, state, search }: Arrangement): boolean {
  return sort !== "added" || state !== "all" || search.trim() !== "";
}

/** What needs the user comes first. */
const STATES = ["problem", "uploading", "reading", "read"] as const;
type RowState = (typeof STATES)[number];

/** The rows that are shown, in their order. */
export function arrangeRows(
  rows: readonly ListRow[],
  arrangement: Arrangement,
  duplicates: ReadonlyMap<string, Duplicate>,
): readonly ListRow[] {
  if (!isArranged(arrangement)) return rows;
  const { sort, state, search } = arrangement;
  const part = search.trim().toLocaleLowerCase();
  const isShown = (row: ListRow) =>
    (state === "all" || (state === "duplicate" ? duplicates.has(row.key) : stateOf(row) === state)) &&
    nameOf(row).toLocaleLowerCase().includes(part);
  const shown = rows.filter((row) => (row.document || row.upload) && isShown(row));
  if (sort === "added") return shown;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const byName = (first: ListRow, second: ListRow) => collator.compare(nameOf(first), nameOf(second));
  const byState = (first: ListRow, second: ListRow) =>
    STATES.indexOf(stateOf(first)) - STATES.indexOf(stateOf(second));
  return [...shown].sort(sort === "name" ? byName : byState);
}

export function nameOf({ document, upload }: ListRow): string {
  return document ? documentName(document) : (upload?.name ?? "");
}

function stateOf({ document, upload }: ListRow): RowState {
  if (upload && isRunning(upload)) return "uploading";
  if (upload && upload.status !== "sent") return "problem";
  const status = document?.status;
  if (status === "ready") return "read";
  if (status === "unreadable") return "problem";
  if (status === "reading" || upload) return "reading";
  return "problem";
}
