import { useCallback, useMemo, useState } from "react";
import type { Box, FactResponse } from "@/lib/api/client.generated";

/** Where the right value of a fact is written. */
export interface Place {
  page: number;
  box: Box;
  /** The fact that was read there; null: the box was drawn, or the words are no fact. */
  fact: FactResponse | null;
  /** The words that were chosen; null: a fact was, or the box was drawn. */
  text: string | null;
}

/** What is chosen on the page: the words of the value, or a box around it. */
export type PlacingMode = "words" | "box";

/** The choice of a place on the page, which the form begins and the page viewer makes. */
export interface Placing {
  /** Null: nothing is being chosen. */
  mode: PlacingMode | null;
  place: Place | null;
  setMode: (mode: PlacingMode | null) => void;
  put: (place: Place | null) => void;
}

interface State {
  of: string | null;
  mode: PlacingMode | null;
  place: Place | null;
}

/** The choice for a fact. It ends when another fact is selected. */
export function usePlacing(selected: string | null): Placing {
  const [state, setState] = useState<State>({ of: null, mode: null, place: null });
  const isOwn = selected !== null && state.of === selected;
  const setMode = useCallback(
    (mode: PlacingMode | null) =>
      setState(({ of, place }) => ({ of: selected, mode, place: of === selected ? place : null })),
    [selected],
  );
  const put = useCallback(
    (place: Place | null) => setState(({ mode }) => ({ of: selected, mode: place && mode, place })),
    [selected],
  );
  const mode = isOwn ? state.mode : null;
  const place = isOwn ? state.place : null;
  return useMemo(() => ({ mode, place, setMode, put }), [mode, place, setMode, put]);
}
