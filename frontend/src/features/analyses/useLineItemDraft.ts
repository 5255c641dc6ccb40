import { useCallback, useMemo, useReducer } from "react";
import type { LineItemResponse } from "@/lib/api/client.generated";
import { type Column, type DraftRow, emptyRow, toDraft } from "./lineItems";

export interface LineItemDraft {
  rows: DraftRow[];
  /** Whether something was changed that can be undone. */
  isChanged: boolean;
  change: (key: string, column: Column, text: string) => void;
  /** Adds a row behind another one, or at the end. Returns the key of the new row. */
  add: (behind: string | null) => string;
  remove: (key: string) => void;
  undoLast: () => void;
}

interface State {
  rows: DraftRow[];
  before: DraftRow[][];
  /** The cell that is being typed in: all of it is undone at once. */
  typing: string | null;
}

type Action =
  | { type: "change"; key: string; column: Column; text: string }
  | { type: "add"; row: DraftRow; behind: string | null }
  | { type: "remove"; key: string }
  | { type: "undo" };

let added = 0;

/** The rows of a document while they are edited, with each change but the typing within a cell as a step. */
export function useLineItemDraft(items: LineItemResponse[], page: number | null): LineItemDraft {
  const [{ rows, before }, dispatch] = useReducer(reduce, items, (initial): State => {
    return { rows: toDraft(initial), before: [], typing: null };
  });
  const change = useCallback(
    (key: string, column: Column, text: string) => dispatch({ type: "change", key, column, text }),
    [],
  );
  const add = useCallback(
    (behind: string | null) => {
      added += 1;
      const row = emptyRow(`added ${added}`, page);
      dispatch({ type: "add", row, behind });
      return row.key;
    },
    [page],
  );
  const remove = useCallback((key: string) => dispatch({ type: "remove", key }), []);
  const undoLast = useCallback(() => dispatch({ type: "undo" }), []);
  const isChanged = before.length > 0;
  return useMemo(
    () => ({ rows, isChanged, change, add, remove, undoLast }),
    [rows, isChanged, change, add, remove, undoLast],
  );
}

function reduce(state: State, action: Action): State {
  const { rows, before, typing } = state;
  const step = [...before, rows];
  if (action.type === "undo") {
    const last = before.at(-1);
    return last ? { rows: last, before: before.slice(0, -1), typing: null } : state;
  }
  if (action.type === "remove")
    return { rows: rows.filter(({ key }) => key !== action.key), before: step, typing: null };
  if (action.type === "add") {
    const at = rows.findIndex(({ key }) => key === action.behind);
    const next = at < 0 ? [...rows, action.row] : rows.toSpliced(at + 1, 0, action.row);
    return { rows: next, before: step, typing: null };
  }
  const { key, column, text } = action;
  const cell = `${key} ${column}`;
  return {
    rows: rows.map((row) => (row.key === key ? { ...row, cells: { ...row.cells, [column]: text } } : row)),
    before: typing === cell ? before : step,
    typing: cell,
  };
}
