import { useCallback, useMemo, useState } from "react";
import type { Select } from "./selection";

/** A review that was not saved while another fact was selected already. */
export interface UnsavedReview {
  documentId: string;
  factId: string;
  /** The name of the fact. */
  name: string;
  problem: unknown;
}

export interface Unsaved {
  first: UnsavedReview | undefined;
  add: (review: UnsavedReview) => void;
  /** Selects the fact of the first one, and forgets it. */
  show: () => void;
}

/** The reviews that were not saved, until their facts are shown. */
export function useUnsaved(select: Select): Unsaved {
  const [reviews, setReviews] = useState<UnsavedReview[]>([]);
  const [first] = reviews;
  const add = useCallback((review: UnsavedReview) => {
    const isOther = ({ documentId, factId }: UnsavedReview) =>
      documentId !== review.documentId || factId !== review.factId;
    setReviews((before) => [...before.filter(isOther), review]);
  }, []);
  return useMemo(
    () => ({
      first,
      add,
      show() {
        if (!first) return;
        setReviews((before) => before.filter((review) => review !== first));
        select({ documentId: first.documentId, factId: first.factId });
      },
    }),
    [first, add, select],
  );
}
