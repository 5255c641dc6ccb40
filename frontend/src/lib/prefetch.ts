/**
 * Responses that `boot.ts` requested before this code was loaded, by request path; the session refresh is stored under
 * `session`. A value is null when the request failed.
 */
export type Prefetched = Record<string, Promise<Response | null>>;

declare global {
  interface Window {
    docketPrefetched?: Prefetched;
  }
}

/** Returns the prefetched response for `key`, or null. Each response is returned once; a second call returns null. */
export async function takePrefetched(key: string): Promise<Response | null> {
  const prefetched = window.docketPrefetched;
  const response = prefetched?.[key];
  if (!prefetched || !response) return null;
  delete prefetched[key];
  return await response;
}

/** Drops the responses that the first page did not use: they are out of date from then on. */
export function discardPrefetched(): void {
  delete window.docketPrefetched;
}
