let latest = "";
const listeners = new Set<() => void>();

/** Tells screen readers about a change that is visible on the page. */
export function announce(text: string): void {
  // Screen readers repeat a text only when the content of the live region changes.
  latest = latest === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function latestAnnouncement(): string {
  return latest;
}

export function subscribeToAnnouncements(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
