import { useCallback, useMemo, useState } from "react";
import type { Box, FactResponse } from "@/lib/api/client.generated";

/** Where the right value of a fact is written. */
export interface Place {
  page: number;
  box: Box;
  /** The fact that was read there; null: the box was drawn. */
  fact: FactResponse | null;
}

/** The choice of a place on the page, which the form begins and the page viewer makes. */
export interface Placing {
  isOpen: boolean;
  place: Place | null;
  setOpen: (isOpen: boolean) => void;
  put: (place: Place | null) => void;
}

interface State {
  of: string | null;
  isOpen: boolean;
  place: Place | null;
}

/** The choice for a fact. It ends when another fact is selected. */
export function usePlacing(selected: string | null): Placing {
  const [state, setState] = useState<State>({ of: null, isOpen: false, place: null });
  const isOwn = selected !== null && state.of === selected;
  const setOpen = useCallback(
    (isOpen: boolean) =>
      setState(({ of, place }) => ({ of: selected, isOpen, place: of === selected ? place : null })),
    [selected],
  );
  const put = useCallback(
    (place: Place | null) =>
      setState(({ isOpen }) => ({ of: selected, isOpen: isOpen && place !== null, place })),
    [selected],
  );
  const isOpen = isOwn && state.isOpen;
  const place = isOwn ? state.place : null;
  return useMemo(() => ({ isOpen, place, setOpen, put }), [isOpen, place, setOpen, put]);
}
