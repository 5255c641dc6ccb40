/** What the site stores in the browser. */
export const storageKeys = {
  language: "docket.language",
  /** The color scheme, as Material UI stores it. */
  mode: "docket.mode",
  scheme: "docket.scheme",
  /** The widths of the panes of an analysis. */
  panes: "docket.panes",
  /** `off`: single keys are no shortcuts. */
  singleKeys: "docket.single-keys",
  hadSession: "docket.had-session",
} as const;

type Key = (typeof storageKeys)[keyof typeof storageKeys];

/** A stored value, or null. The browser may refuse storage: settings then last until the page is reloaded. */
export function readStorage(key: Key): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Stores a value, or removes it. */
export function writeStorage(key: Key, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is disabled.
  }
}
