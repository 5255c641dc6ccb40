import type { Ticket } from "@/lib/api/client.generated";

export type Sent = "sent" | "refused" | "unreachable" | "cancelled";

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
    request.open("POST", ticket.url);
    request.upload.onprogress = (event) => progressed(Math.min(event.loaded, file.size));
    request.onload = () => resolve(request.status >= 200 && request.status < 300 ? "sent" : "refused");
    request.onerror = () => resolve("unreachable");
    request.onabort = () => resolve("cancelled");
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
