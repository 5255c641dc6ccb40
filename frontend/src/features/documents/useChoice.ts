import { useCallback, useState } from "react";

type Keys = ReadonlySet<string>;

/** The rows that the user has chosen, by their keys. Each change of the choice can be undone. */
export function useChoice() {
  const [history, setHistory] = useState<readonly Keys[]>([new Set()]);
  const chosen = history.at(-1) as Keys;
  const toggle = useCallback((key: string) => {
    setHistory((earlier) => {
      const changed = new Set(earlier.at(-1));
      if (!changed.delete(key)) changed.add(key);
      return [...earlier, changed];
    });
  }, []);
  return {
    chosen,
    canUndo: history.length > 1,
    toggle,
    choose: (keys: Iterable<string>) => setHistory((earlier) => [...earlier, new Set(keys)]),
    stepBack: () => setHistory((earlier) => (earlier.length > 1 ? earlier.slice(0, -1) : earlier)),
    /** Nothing is chosen, and there is nothing to undo. */
    reset: () => setHistory([new Set()]),
  };
}
