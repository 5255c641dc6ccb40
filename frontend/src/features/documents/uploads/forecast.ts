import { isRunning, type Upload } from "./slice";

const WINDOW_MS = 30_000;
/** The time until a speed is known well enough to say how long the rest takes. */
export const FIRST_FORECAST_MS = 5_000;
/** What a file costs beside its bytes: its digest, its place in a list, its round trips. */
const FILE_BYTES = 100_000;

interface Sample {
  atMs: number;
  doneBytes: number;
}

/** What is left to do for the uploads that run, in bytes. */
export function remainingBytes(uploads: readonly Upload[]): number {
  return uploads.filter(isRunning).reduce((sum, { size, sent }) => sum + FILE_BYTES + size - sent, 0);
}

/**
 * Returns a function that takes the bytes that are left, and returns the seconds until none are; null: not known yet.
 * The speed is that of the last thirty seconds. Files that are added or sent again take none of it.
 */
export function forecast(now: () => number = () => performance.now()): (remaining: number) => number | null {
  const startMs = now();
  const samples: Sample[] = [];
  let doneBytes = 0;
  let lastRemaining = Number.NaN;
  return (remaining) => {
    const atMs = now();
    if (remaining < lastRemaining) doneBytes += lastRemaining - remaining;
    lastRemaining = remaining;
    samples.push({ atMs, doneBytes });
    while (samples.length > 2 && atMs - (samples[0]?.atMs ?? atMs) > WINDOW_MS) samples.shift();
    const oldest = samples[0] as Sample;
    const bytesPerMs = (doneBytes - oldest.doneBytes) / (atMs - oldest.atMs);
    return atMs - startMs >= FIRST_FORECAST_MS && bytesPerMs > 0 ? remaining / bytesPerMs / 1_000 : null;
  };
}

/** Whole minutes, rounded up; 0: less than one. A forecast that rises by one minute only changes nothing. */
export function minutesLeft(seconds: number | null, shown: number | null): number | null {
  if (seconds === null) return shown;
  const minutes = seconds < 60 ? 0 : Math.ceil(seconds / 60);
  return shown !== null && minutes === shown + 1 ? shown : minutes;
}
