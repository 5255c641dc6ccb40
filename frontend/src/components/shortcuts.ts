import { install, uninstall } from "@github/hotkey";
import { useLayoutEffect, useRef } from "react";
import { readStorage, storageKeys, writeStorage } from "@/lib/storage";

export interface Shortcut {
  /** One key, or two in sequence separated by a space: `?`, `g o`. */
  keys: string;
  label: string;
}

const active = new Map<string, { shortcut: Shortcut; trigger: HTMLElement }>();

/** The shortcuts of the open page, for the help dialog. */
export function activeShortcuts(): Shortcut[] {
  return [...active.values()].map(({ shortcut }) => shortcut);
}

/** Calls `run` on `keys`, except while the user types or a dialog or menu is open. */
export function useShortcut(keys: string, label: string, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  useLayoutEffect(() => {
    if (!enabled) return;
    // The library clicks an element, which need not be on the page.
    const trigger = document.createElement("button");
    trigger.addEventListener("click", () => latest.current());
    trigger.addEventListener("hotkey-fire", (event) => {
      if (document.querySelector("[role=dialog], [role=menu]")) event.preventDefault();
    });
    active.set(keys, { shortcut: { keys, label }, trigger });
    if (hasSingleKeys()) install(trigger, hotkeysOf(keys));
    return () => {
      uninstall(trigger);
      active.delete(keys);
    };
  }, [keys, label, enabled]);
}

/**
 * Whether keys without Control are shortcuts. Customers who speak their input, or hit keys by mistake, turn them off
 * (WCAG 2.1.4).
 */
export function hasSingleKeys(): boolean {
  return readStorage(storageKeys.singleKeys) !== "off";
}

export function setSingleKeys(on: boolean): void {
  writeStorage(storageKeys.singleKeys, on ? null : "off");
  for (const { shortcut, trigger } of active.values()) {
    uninstall(trigger);
    if (on) install(trigger, hotkeysOf(shortcut.keys));
  }
}

/** Keys in the library's syntax. Whether a sign needs Shift depends on the keyboard: `/` does on a German one. */
function hotkeysOf(keys: string): string {
  const named = keys === "+" ? "Plus" : keys;
  return /[a-z]/.test(keys) ? keys : `${named},Shift+${named}`;
}
