import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { api } from "@/lib/api/api";
import type { DocumentWithTicket, Ticket } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { addDocument, renewUpload } from "../api";
import { contentType, refusal } from "./accept";
import { sha256 } from "./hash";
import { send } from "./send";
import { changed, dismissed, queued } from "./slice";

const SIDE_BY_SIDE = 3;
const SPEED_WINDOW_MS = 3_000;

interface Job {
  id: string;
  orderId: string;
  file: File;
  /** The document whose upload is taken up again. */
  readonly documentId: string | null;
  /** Its document, made once however often the upload is begun; null until it is begun. */
  document: Promise<DocumentWithTicket> | null;
  stop: AbortController;
}

type Dispatch = ThunkDispatch<unknown, unknown, UnknownAction>;

/**
 * Takes files to the bucket, three side by side:
 *
 *   waiting → preparing (digest, ticket) → sending → sent
 *                 └──────────┴→ failed or cancelled → (retry: a fresh ticket) waiting
 *
 * What a person sees is in the store; files and running requests cannot be, so they are here.
 */
export class Uploader {
  private readonly jobs = new Map<string, Job>();
  private readonly line: Job[] = [];
  private running = 0;

  constructor(private readonly dispatch: Dispatch) {}

  /** Files for an order that has room for `roomLeft` more. Unfit ones are listed with their reason, not sent. */
  add(orderId: string, files: readonly File[], roomLeft: number): void {
    let room = roomLeft;
    for (const file of files) {
      const reason = refusal(file, room);
      const job = this.enter(orderId, file, null, reason);
      if (reason) continue;
      room -= 1;
      this.queue(job);
    }
  }

  /** The file of a document whose upload was cut off, chosen again. */
  resume(orderId: string, documentId: string, file: File): void {
    this.queue(this.enter(orderId, file, documentId, null));
  }

  retry(id: string): void {
    const job = this.jobs.get(id);
    if (!job || this.line.includes(job)) return;
    job.stop = new AbortController();
    this.dispatch(changed({ id, status: "waiting", sent: 0, speed: 0, reason: null }));
    this.queue(job);
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    job.stop.abort();
    const place = this.line.indexOf(job);
    if (place >= 0) this.line.splice(place, 1);
    this.dispatch(changed({ id, status: "cancelled", speed: 0 }));
  }

  dismiss(id: string): void {
    this.jobs.delete(id);
    this.dispatch(dismissed(id));
  }

  private enter(orderId: string, file: File, documentId: string | null, reason: string | null): Job {
    const stop = new AbortController();
    const job: Job = { id: crypto.randomUUID(), orderId, file, documentId, document: null, stop };
    this.dispatch(
      queued({
        id: job.id,
        orderId,
        documentId,
        name: file.name,
        size: file.size,
        sent: 0,
        speed: 0,
        status: reason ? "refused" : "waiting",
        reason,
      }),
    );
    this.jobs.set(job.id, job);
    return job;
  }

  private queue(job: Job): void {
    this.line.push(job);
    this.next();
  }

  private next(): void {
    while (this.running < SIDE_BY_SIDE) {
      const job = this.line.shift();
      if (!job) return;
      this.running += 1;
      void this.carry(job).finally(() => {
        this.running -= 1;
        this.next();
      });
    }
  }

  private async carry(job: Job): Promise<void> {
    const { id, file } = job;
    const { signal } = job.stop;
    this.dispatch(changed({ id, status: "preparing" }));
    const ticket = await this.ticketFor(job, signal).catch((error: unknown) => {
      const reason = isProblem(error) ? error.code : "unreadable_file";
      if (!signal.aborted) this.dispatch(changed({ id, status: "failed", reason }));
      return null;
    });
    if (!ticket || signal.aborted) return;

    this.dispatch(changed({ id, status: "sending" }));
    const speed = speedometer();
    const outcome = await send(
      file,
      ticket,
      (sent) => this.dispatch(changed({ id, sent, speed: speed(sent) })),
      signal,
    );
    if (signal.aborted || outcome === "cancelled") return;
    if (outcome !== "sent") {
      this.dispatch(changed({ id, status: "failed", speed: 0, reason: outcome }));
      return;
    }
    this.dispatch(changed({ id, status: "sent", sent: file.size, speed: 0 }));
    this.jobs.delete(id);
    this.dispatch(api.util.invalidateTags([{ type: "Order", id: job.orderId }]));
  }

  /** The ticket that comes with a new document, or a fresh one for a document that is there already. */
  private async ticketFor(job: Job, signal: AbortSignal): Promise<Ticket | null> {
    const { id, documentId, document } = job;
    if (documentId || document) {
      const known = documentId ?? (await document)?.id ?? "";
      return await this.dispatch(renewUpload.initiate({ documentId: known })).unwrap();
    }
    const digest = await sha256(job.file);
    if (signal.aborted) return null;
    job.document = this.announce(job, digest);
    try {
      const made = await job.document;
      this.dispatch(changed({ id, documentId: made.id }));
      return made.upload;
    } catch (problem) {
      job.document = null;
      throw problem;
    }
  }

  private announce({ orderId, file }: Job, sha256: string | null): Promise<DocumentWithTicket> {
    const type = contentType(file.name);
    if (!type) throw new TypeError(`${file.name} passed the check for its type`);
    const newDocument = { filename: file.name, content_type: type, size: file.size, sha256 };
    return this.dispatch(addDocument.initiate({ orderId, newDocument })).unwrap();
  }
}

/** Bytes a second over the last three seconds of what it was told. */
export function speedometer(now: () => number = () => performance.now()): (sent: number) => number {
  const marks: { at: number; sent: number }[] = [{ at: now(), sent: 0 }];
  return (sent) => {
    const at = now();
    marks.push({ at, sent });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > SPEED_WINDOW_MS) marks.shift();
    const oldest = marks[0] as { at: number; sent: number };
    return at > oldest.at ? ((sent - oldest.sent) / (at - oldest.at)) * 1_000 : 0;
  };
}
