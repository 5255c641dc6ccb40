import { noResponse } from "@/lib/api/problem";

/**
 * SHA-256 of a file as lowercase hex; null where the browser gives no digests (a page without https). Rejects with a
 * `Problem` when the worker's own code could not be fetched, and with an error when the file cannot be opened.
 */
export function sha256(file: Blob): Promise<string | null> {
  if (!globalThis.isSecureContext || typeof Worker === "undefined") return Promise.resolve(null);
  const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  return new Promise<string | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string | null>) =>
      data === null ? reject(new Error("unreadable")) : resolve(data);
    worker.onerror = () => reject(noResponse("offline"));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
