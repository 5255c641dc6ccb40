import { useSyncExternalStore } from "react";

export const COLOR_SCHEMES = ["system", "light", "dark"] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

const STORAGE_KEY = "docket.mode";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let selected = storedScheme();

systemDark.addEventListener("change", apply);
window.addEventListener("storage", ({ key }) => {
  if (key !== STORAGE_KEY) return;
  selected = storedScheme();
  apply();
});

/** The selected color scheme, and whether it is dark now. `boot.js` applies the same choice before the first paint. */
export function useColorScheme(): { selected: ColorScheme; dark: boolean } {
  return {
    selected: useSyncExternalStore(subscribe, () => selected),
    dark: useSyncExternalStore(subscribe, isDark),
  };
}

export function setColorScheme(scheme: ColorScheme): void {
  selected = scheme;
  try {
    localStorage.setItem(STORAGE_KEY, scheme);
  } catch {
    // Storage may be disabled. The choice then lasts until the page is reloaded.
  }
  apply();
}

function isDark(): boolean {
  return selected === "dark" || (selected === "system" && systemDark.matches);
}

function apply(): void {
  document.documentElement.dataset.scheme = isDark() ? "dark" : "light";
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function storedScheme(): ColorScheme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return COLOR_SCHEMES.find((scheme) => scheme === stored) ?? "system";
  } catch {
    return "system";
  }
}
