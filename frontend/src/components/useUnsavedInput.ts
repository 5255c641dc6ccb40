import { useCallback, useLayoutEffect, useMemo } from "react";
import { type Path, useLocation } from "react-router";
import { addUnsaved, confirmDiscard, type UnsavedInput } from "@/lib/unsavedInput";
import { useLatest } from "@/lib/useLatest";

interface Options {
  isUnsaved: boolean;
  /** Whether it stays at another address with the same path. Other paths show other pages. */
  isKeptAt?: (to: Path) => boolean;
  /** Forgets it, and closes its form if that can be closed. */
  discard: () => void;
}

/** Asks before what was typed is lost on the way to another page. Returns a function that discards it after that question. */
export function useUnsavedInput({ isUnsaved, isKeptAt = () => true, discard }: Options): () => void {
  const { pathname } = useLocation();
  const latest = useLatest({ pathname, isKeptAt, discard });
  const input = useMemo<UnsavedInput>(
    () => ({
      isKeptAt: (to) => to.pathname === latest.current.pathname && latest.current.isKeptAt(to),
      discard: () => latest.current.discard(),
    }),
    [latest],
  );
  useLayoutEffect(() => (isUnsaved ? addUnsaved(input) : undefined), [isUnsaved, input]);
  return useCallback(() => confirmDiscard([input], () => {}), [input]);
}
