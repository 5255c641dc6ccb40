import { expectDownload } from "./unsavedInput";

/** Longer than a file takes to begin. */
const APART_MS = 3_000;
let nextAt = 0;

/**
 * Downloads the file at a URL whose response is an attachment. A browser drops a download whose response has not begun
 * when the next one is started, so that several follow each other.
 */
export function startDownload(url: string): void {
  const waitMs = Math.max(0, nextAt - Date.now());
  nextAt = Date.now() + waitMs + APART_MS;
  if (waitMs > 0) setTimeout(() => start(url), waitMs);
  else start(url);
}

function start(url: string): void {
  expectDownload();
  window.location.assign(url);
}
