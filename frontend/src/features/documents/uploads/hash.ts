/** SHA-256 of a file as lowercase hex; null where the browser gives no digests (a page without https). */
export function sha256(file: Blob): Promise<string | null> {
  if (!globalThis.isSecureContext || typeof Worker === "undefined") return Promise.resolve(null);
  const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  return new Promise<string | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = () => reject(new Error("unreadable"));
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}
