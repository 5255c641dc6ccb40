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
    follow(trigger, keys);
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
    follow(trigger, shortcut.keys);
  }
}

function follow(trigger: HTMLElement, keys: string): void {
  if (!hasSingleKeys() || isSign(keys)) return;
  // With Caps Lock a capital needs no Shift.
  install(trigger, /^[A-Z]$/.test(keys) ? `${keys},Shift+${keys}` : keys);
}

/** One character that is no letter. */
function isSign(keys: string): boolean {
  return /^[^a-z]$/i.test(keys);
}

/**
 * Signs are compared by what was typed. On macOS the library takes the sign that a key has with Shift on a keyboard of
 * the USA: `/`, which needs Shift on a German one, would be `?`.
 */
function typeSign(event: KeyboardEvent): void {
  const found = isSign(event.key) && hasSingleKeys() ? active.get(event.key) : undefined;
  if (
    !found ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    isTyping(event.target)
  )
    return;
  const isFired = found.trigger.dispatchEvent(new CustomEvent("hotkey-fire", { cancelable: true }));
  if (!isFired) return;
  event.preventDefault();
  found.trigger.click();
}

function isTyping(target: EventTarget | null): boolean {
  const field = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
  return target instanceof HTMLElement && target.closest(field) !== null;
}

document.addEventListener("keydown", typeSign);
