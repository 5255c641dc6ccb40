import type { Path } from "react-router";

/** What a customer typed and did not save. */
export interface UnsavedInput {
  /** Whether it is still there at another address of the site. */
  isKeptAt: (to: Path) => boolean;
  /** Forgets it, and closes its form if that can be closed. */
  discard: () => void;
}

/** The question whether some may be lost. */
export interface UnsavedQuestion {
  lost: UnsavedInput[];
  discard: () => void;
  cancel: () => void;
}

const inputs = new Set<UnsavedInput>();
const listeners = new Set<() => void>();
let question: UnsavedQuestion | null = null;
let isDownload = false;

/** Remembers an input until the returned function is called. Meanwhile the browser asks before the site is left. */
export function addUnsaved(input: UnsavedInput): () => void {
  inputs.add(input);
  // Only meanwhile: some browsers keep no page for Back that listens to this.
  window.addEventListener("beforeunload", askBrowser);
  return () => remove(input);
}

function remove(input: UnsavedInput): void {
  inputs.delete(input);
  if (inputs.size === 0) window.removeEventListener("beforeunload", askBrowser);
  // It was saved meanwhile, or its page is gone.
  if (question && !question.lost.some((other) => inputs.has(other))) ask(null);
}

function askBrowser(event: BeforeUnloadEvent): void {
  if (!isDownload) event.preventDefault();
  isDownload = false;
}

/** To a browser a download is a navigation until its response comes: it is not asked about. */
export function expectDownload(): void {
  isDownload = inputs.size > 0;
}

/** What is lost at another address. */
export function lostAt(to: Path): UnsavedInput[] {
  return [...inputs].filter((input) => !input.isKeptAt(to));
}

/** Goes on when the customer has said that these may be lost; at once if there are none. */
export function confirmDiscard(lost: UnsavedInput[], goOn: () => void): void {
  if (lost.length === 0) {
    goOn();
    return;
  }
  ask({
    lost,
    cancel: () => ask(null),
    discard() {
      ask(null);
      for (const input of lost) {
        remove(input);
        input.discard();
      }
      goOn();
    },
  });
}

function ask(next: UnsavedQuestion | null): void {
  question = next;
  for (const listener of listeners) listener();
}

export function openQuestion(): UnsavedQuestion | null {
  return question;
}

export function subscribeToQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
