import { noResponse } from "@/lib/api/problem";

/** Workers that have hashed a file and wait for the next one: hundreds of files need as many as run at a time. */
const idleWorkers: Worker[] = [];

/**
 * The SHA-256 digest of a file in lower-case hex, or null where the browser offers none (pages without https). Rejects
 * with a `Problem` when the code of the worker could not be loaded, and with an error when the file cannot be read.
 */
export function sha256(file: Blob): Promise<string | null> {
  if (!globalThis.isSecureContext || typeof Worker === "undefined") return Promise.resolve(null);
  const worker =
    idleWorkers.pop() ?? new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  return new Promise<string | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string | null>) => {
      idleWorkers.push(worker);
      if (data === null) reject(new Error("unreadable"));
      else resolve(data);
    };
    worker.onerror = () => {
      worker.terminate();
      reject(noResponse("offline"));
    };
    worker.postMessage(file);
  });
}
