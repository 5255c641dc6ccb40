import { useCallback, useState } from "react";
import { readStorage, storageKeys, writeStorage } from "@/lib/storage";
import { useLatest } from "@/lib/useLatest";

/** The widths that the panes of documents and of facts can have, in pixels. */
export const PANE_LIMITS = { documents: { min: 120, max: 400 }, facts: { min: 280, max: 700 } };

interface Widths {
  documents: number;
  facts: number;
}

/** The widths of the panes in pixels, which stay from visit to visit. */
export function usePaneWidths() {
  const [widths, setWidths] = useState(storedWidths);
  const latest = useLatest(widths);
  const resize = useCallback(
    (change: Partial<Widths>) => {
      const next = { ...latest.current, ...change };
      setWidths(next);
      writeStorage(storageKeys.panes, `${next.documents} ${next.facts}`);
    },
    [latest],
  );
  const resizeDocuments = useCallback((documents: number) => resize({ documents }), [resize]);
  const resizeFacts = useCallback((facts: number) => resize({ facts }), [resize]);
  return { widths, resizeDocuments, resizeFacts };
}

function storedWidths(): Widths {
  const [documents, facts] = (readStorage(storageKeys.panes) ?? "").split(" ").map(Number);
  return {
    documents: within(PANE_LIMITS.documents, documents, 190),
    facts: within(PANE_LIMITS.facts, facts, 400),
  };
}

function within(
  { min, max }: { min: number; max: number },
  width: number | undefined,
  otherwise: number,
): number {
  return width && width >= min && width <= max ? width : otherwise;
}
