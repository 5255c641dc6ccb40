import { useSyncExternalStore } from "react";

export const MODES = ["system", "light", "dark"] as const;
export type Mode = (typeof MODES)[number];

const STORED = "docket.mode";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let mode = stored();

system.addEventListener("change", show);
window.addEventListener("storage", ({ key }) => {
  if (key !== STORED) return;
  mode = stored();
  show();
});

/** Light or dark: what was chosen here, or else what the system has. `boot.js` settles it before the first paint. */
export function useScheme(): { mode: Mode; dark: boolean } {
  const now = useSyncExternalStore(listen, () => mode);
  const dark = useSyncExternalStore(listen, isDark);
  return { mode: now, dark };
}

export function chooseScheme(chosen: Mode): void {
  mode = chosen;
  try {
    localStorage.setItem(STORED, chosen);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
  show();
}

function isDark(): boolean {
  return mode === "dark" || (mode === "system" && system.matches);
}

function show(): void {
  document.documentElement.dataset.scheme = isDark() ? "dark" : "light";
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): Mode {
  try {
    const found = localStorage.getItem(STORED);
    return MODES.find((known) => known === found) ?? "system";
  } catch {
    return "system";
  }
}
