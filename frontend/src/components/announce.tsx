import { useSyncExternalStore } from "react";

let said = "";
const listeners = new Set<() => void>();

/** Tells a screen reader something the eye can already see. */
export function announce(text: string): void {
  // The same words twice are only read out again when the region's content differs.
  said = said === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
