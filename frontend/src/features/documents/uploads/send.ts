import type { Ticket } from "@/lib/api/client.generated";

export type Sent = "sent" | "refused" | "unreachable" | "stalled" | "cancelled";

/** An upload of which nothing was sent for this long is given up. */
export const STALL_MS = 30_000;
/** How long the bucket's answer may take once all is sent. The system may still be sending what it took over. */
export const REPLY_MS = 300_000;

/** Sends a file on its ticket straight to the bucket. XHR, because `fetch` does not tell how far it is. */
export function send(
  file: File,
  ticket: Ticket,
  progressed: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve("cancelled");
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
    form.append("file", file);
    const request = new XMLHttpRequest();

    let watchdog: ReturnType<typeof setTimeout> | undefined;
    function watch(limitMs: number) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        end("stalled");
        request.abort();
      }, limitMs);
    }
    function end(outcome: Sent) {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", cancel);
      resolve(outcome);
    }
    const cancel = () => request.abort();

    let sent = -1;
    request.open("POST", ticket.url);
    request.upload.onprogress = (event) => {
      if (event.loaded > sent) watch(event.total > 0 && event.loaded >= event.total ? REPLY_MS : STALL_MS);
      sent = event.loaded;
      progressed(Math.min(event.loaded, file.size));
    };
    request.upload.onload = () => watch(REPLY_MS);
    request.onload = () => end(outcomeOf(request.status));
    request.onerror = () => end("unreachable");
    request.onabort = () => end("cancelled");
    signal.addEventListener("abort", cancel);
    watch(STALL_MS);
    request.send(form);
  });
}

/** A bucket that is busy or broken (5xx) can be asked again; one that refuses the form cannot. */
function outcomeOf(status: number): Sent {
  if (status >= 200 && status < 300) return "sent";
  return status >= 500 ? "unreachable" : "refused";
}
