/**
 * What `boot.js` asked the service for before any of this code was there, by the path that was asked; the renewal of
 * the session under `session`. Null where no answer came.
 */
type Early = Record<string, Promise<Response | null>>;

declare global {
  interface Window {
    docketEarly?: Early;
  }
}

/** The answer that is there already, or on its way. Each is given once: whoever asks again wants a new one. */
export async function early(what: string): Promise<Response | null> {
  const asked = window.docketEarly;
  const answer = asked?.[what];
  if (!asked || !answer) return null;
  delete asked[what];
  return await answer;
}

/** Once the first page is there, what it did not take is old. */
export function forgetEarly(): void {
  delete window.docketEarly;
}
