import type { PresignedPostResponse } from "@/lib/api/client.generated";

export type SendOutcome = "sent" | "refused" | "unreachable" | "stalled" | "cancelled";

/** An upload without progress for this long is aborted. */
export const STALL_MS = 30_000;
/** The time limit for the response of the bucket after the last byte. The operating system may still be sending. */
export const REPLY_MS = 300_000;

/** Posts a file to the bucket with its presigned form. Uses XHR, because `fetch` reports no upload progress. */
export function send(
  file: File,
  form: PresignedPostResponse,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve("cancelled");
    const body = new FormData();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
    body.append("file", file);
    const request = new XMLHttpRequest();

    let watchdog: ReturnType<typeof setTimeout> | undefined;
    function watch(limitMs: number) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        end("stalled");
        request.abort();
      }, limitMs);
    }
    function end(outcome: SendOutcome) {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", abort);
      resolve(outcome);
    }
    const abort = () => request.abort();

    let sent = -1;
    request.open("POST", form.url);
    request.upload.onprogress = (event) => {
      if (event.loaded > sent) watch(event.total > 0 && event.loaded >= event.total ? REPLY_MS : STALL_MS);
      sent = event.loaded;
      onProgress(Math.min(event.loaded, file.size));
    };
    request.upload.onload = () => watch(REPLY_MS);
    request.onload = () => end(outcomeOf(request.status));
    request.onerror = () => end("unreachable");
    request.onabort = () => end("cancelled");
    signal.addEventListener("abort", abort);
    watch(STALL_MS);
    request.send(body);
  });
}

/** A 5xx response of the bucket can be retried; a 4xx response rejects the form. */
function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return "sent";
  return status >= 500 ? "unreachable" : "refused";
}
