import { useLayoutEffect, useRef } from "react";
import { readStorage, storageKeys, writeStorage } from "@/lib/storage";

export interface Shortcut {
  /** One key, or two in sequence separated by a space: `?`, `g o`. */
  keys: string;
  label: string;
}

const active = new Map<string, { shortcut: Shortcut; run: () => void }>();
let first: { key: string; at: number } | null = null;

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
    active.set(keys, { shortcut: { keys, label }, run: () => latest.current() });
    return () => {
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
}

export function listenForShortcuts(): () => void {
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
    return;
  if (document.querySelector("[role=dialog], [role=menu]") || !hasSingleKeys()) return;
  const pair = first && event.timeStamp - first.at < 1_000 ? `${first.key} ${event.key}` : null;
  const found = (pair && active.get(pair)) || active.get(event.key);
  first = found ? null : { key: event.key, at: event.timeStamp };
  if (!found) return;
  event.preventDefault();
  found.run();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}
