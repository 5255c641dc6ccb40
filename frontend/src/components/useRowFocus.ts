import { type FocusEvent, useEffect, useRef, useState } from "react";

/**
 * Which row of a list has the focus. When that row disappears, by its own button for example, the row in its place gets
 * the focus, so that keyboards and screen readers go on from there.
 */
export function useRowFocus<Item extends { key: string }>(items: readonly Item[]) {
  const list = useRef<HTMLUListElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const focusedAt = focusedKey === null ? -1 : items.findIndex(({ key }) => key === focusedKey);
  const lastFocusedAt = useRef(focusedAt);

  useEffect(() => {
    if (focusedAt >= 0) {
      lastFocusedAt.current = focusedAt;
      return;
    }
    if (focusedKey === null) return;
    setFocusedKey(null);
    if (document.activeElement !== document.body) return;
    const position = Math.min(lastFocusedAt.current + 1, items.length);
    list.current?.querySelector<HTMLElement>(`[aria-posinset="${position}"]`)?.focus();
  }, [focusedAt, focusedKey, items.length]);

  return {
    focusedAt,
    list: {
      ref: list,
      onBlur: ({ target }: FocusEvent) => {
        // When the user goes to another window, the element stays the active one, and has the focus again afterwards.
        if (document.activeElement !== target) setFocusedKey(null);
      },
    },
    row: (item: Item, at: number) => ({
      "aria-posinset": at + 1,
      "aria-setsize": items.length,
      tabIndex: -1,
      onFocus: () => setFocusedKey(item.key),
    }),
  };
}
