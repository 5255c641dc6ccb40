import { session } from "../session";

interface Stored {
  etag: string;
  data: unknown;
  headers: Headers;
}

/** More than the orders that are open at once: the oldest response is dropped. */
const MOST_RESPONSES = 8;
const responses = new Map<string, Stored>();

session.subscribe(({ kind }) => {
  if (kind === "closed") responses.clear();
});

/** The last response of a URL that carried an `ETag`: sent as `If-None-Match`, it spares an unchanged response. */
export function storedResponse(url: string): Stored | undefined {
  return responses.get(url);
}

export function storeResponse(url: string, data: unknown, headers: Headers): void {
  const etag = headers.get("etag");
  responses.delete(url);
  if (!etag) return;
  responses.set(url, { etag, data, headers });
  const [oldest] = responses.keys();
  if (responses.size > MOST_RESPONSES && oldest) responses.delete(oldest);
}
