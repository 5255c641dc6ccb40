import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { api } from "@/lib/api/api";
import type { DocumentWithTicket, NewDocument, Ticket } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { announceDocument, renewUpload } from "../api";
import { isFromFolder } from "./droppedFiles";
import { contentType, MAX_DOCUMENTS, rejectReason } from "./fileRules";
import { sha256 } from "./hash";
import { send } from "./send";
import { changed, dismissed, overflowed, queued } from "./slice";

const CONCURRENT_UPLOADS = 3;
const SPEED_WINDOW_MS = 3_000;

/** The pauses before an upload that met the network's fault is sent again; after the last it has failed. */
export const RETRY_DELAYS_MS = [1_000, 4_000, 15_000];
const PASSING = new Set(["unreachable", "stalled", "offline", "timeout"]);

interface Job {
  id: string;
  orderId: string;
  file: File;
  /** The document whose upload is taken up again. */
  readonly documentId: string | null;
  /** Its document, made once however often the upload is begun; null until it is begun. */
  document: Promise<DocumentWithTicket> | null;
  /** Asking for its document again with this key makes no second one. */
  idempotencyKey: string;
  stop: AbortController;
}

type Dispatch = ThunkDispatch<unknown, unknown, UnknownAction>;

/**
 * Takes files to the bucket, three side by side:
 *
 *   waiting → preparing (type, digest, ticket) → sending → sent
 *                └──────────┴→ retrying (a pause, or until the browser is online) → preparing
 *                └──────────┴→ failed, refused or cancelled → (retry: a fresh ticket) waiting
 *
 * What a person sees is in the store; files and running requests cannot be, so they are here.
 */
export class Uploader {
  private readonly jobs = new Map<string, Job>();
  private readonly line: Job[] = [];
  private readonly overflow = new Map<string, File[]>();
  private running = 0;

  constructor(private readonly dispatch: Dispatch) {}

  /**
   * Files for an order that has room for `freeSlots` more. Unfit ones are listed with their reason, not sent. When
   * there are too many, none is sent: they wait for `addOverflow`, `moveOverflow` or `dropOverflow`. Returns how many
   * are sent.
   */
  add(orderId: string, files: readonly File[], freeSlots: number): number {
    const fit: File[] = [];
    let unfit = 0;
    for (const file of files) {
      const reason = rejectReason(file);
      if (!reason) fit.push(file);
      else if ((reason === "wrong_type" || reason === "heic") && isFromFolder(file)) unfit += 1;
      else this.enter(orderId, file, null, reason);
    }
    const waiting = this.overflow.get(orderId) ?? [];
    const sent = fit.length <= freeSlots && waiting.length === 0;
    if (sent) this.send(orderId, fit);
    else waiting.push(...fit);
    this.setOverflow(orderId, waiting, unfit);
    return sent ? fit.length : 0;
  }

  /** Sends as many of the files that waited for room as there is room for. */
  addOverflow(orderId: string, freeSlots: number): void {
    const waiting = this.overflow.get(orderId) ?? [];
    this.send(orderId, waiting.splice(0, freeSlots));
    this.setOverflow(orderId, waiting);
  }

  /** Takes the files that waited for room to another order, which is new and empty. */
  moveOverflow(orderId: string, toOrderId: string): void {
    const waiting = this.overflow.get(orderId) ?? [];
    this.setOverflow(orderId, []);
    this.overflow.set(toOrderId, waiting);
    this.addOverflow(toOrderId, MAX_DOCUMENTS);
  }

  dropOverflow(orderId: string): void {
    this.setOverflow(orderId, []);
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

  private send(orderId: string, files: readonly File[]): void {
    for (const file of files) this.queue(this.enter(orderId, file, null, null));
  }

  private setOverflow(orderId: string, waiting: File[], unfit = 0): void {
    if (waiting.length > 0) this.overflow.set(orderId, waiting);
    else this.overflow.delete(orderId);
    this.dispatch(overflowed({ orderId, waiting: waiting.length, unfit }));
  }

  private enter(orderId: string, file: File, documentId: string | null, reason: string | null): Job {
    const job: Job = {
      id: crypto.randomUUID(),
      orderId,
      file,
      documentId,
      document: null,
      idempotencyKey: crypto.randomUUID(),
      stop: new AbortController(),
    };
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
        announcing: false,
        listed: documentId !== null,
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
    while (this.running < CONCURRENT_UPLOADS) {
      const job = this.line.shift();
      if (!job) return;
      this.running += 1;
      void this.carry(job).finally(() => {
        this.running -= 1;
        this.next();
      });
    }
  }

  /** Sends a file, again and again while the network is at fault. */
  private async carry(job: Job): Promise<void> {
    const { id, file } = job;
    const { signal } = job.stop;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(job, signal);
      if (signal.aborted || outcome === "cancelled") {
        this.dispatch(changed({ id, announcing: false }));
        return;
      }
      if (outcome === "sent") {
        this.dispatch(changed({ id, status: "sent", sent: file.size, speed: 0, reason: null }));
        this.jobs.delete(id);
        this.dispatch(api.util.invalidateTags([{ type: "Order", id: job.orderId }]));
        return;
      }
      const pauseMs = RETRY_DELAYS_MS[attempt];
      if (outcome === "heic") return void this.dispatch(changed({ id, status: "refused", reason: outcome }));
      if (!PASSING.has(outcome) || pauseMs === undefined) {
        this.dispatch(changed({ id, status: "failed", speed: 0, reason: outcome, announcing: false }));
        return;
      }
      this.dispatch(changed({ id, status: "retrying", sent: 0, speed: 0 }));
      await pauseUntilOnline(pauseMs, signal);
      if (signal.aborted) return;
    }
  }

  /** `sent`, `cancelled`, or why it was not sent: what the sending met, or a problem's code. */
  private async attempt(job: Job, signal: AbortSignal): Promise<string> {
    const { id, file } = job;
    this.dispatch(changed({ id, status: "preparing" }));
    let ticket: Ticket | "heic" | null;
    try {
      ticket = await this.ticketFor(job, signal);
    } catch (error) {
      if (!isProblem(error)) return "unreadable_file";
      // The file had arrived, and only the bucket's answer was lost.
      return error.code === "document_settled" ? "sent" : error.code;
    }
    if (ticket === "heic") return ticket;
    if (!ticket || signal.aborted) return "cancelled";

    this.dispatch(changed({ id, status: "sending" }));
    const speed = speedometer();
    return await send(
      file,
      ticket,
      (sent) => this.dispatch(changed({ id, sent, speed: speed(sent) })),
      signal,
    );
  }

  /** The ticket that comes with a new document, or a fresh one for a document that is there already. */
  private async ticketFor(job: Job, signal: AbortSignal): Promise<Ticket | "heic" | null> {
    const { documentId, document } = job;
    if (documentId || document) {
      const known = documentId ?? (await document)?.id ?? "";
      try {
        return await this.dispatch(renewUpload.initiate({ documentId: known })).unwrap();
      } catch (problem) {
        if (documentId || !isProblem(problem) || problem.code !== "document_not_found") throw problem;
        this.forgetDocument(job);
      }
    }
    const type = await contentType(job.file);
    if (type === "heic") return type;
    const digest = await sha256(job.file);
    if (signal.aborted) return null;
    const { name: filename, size } = job.file;
    const newDocument = { filename, content_type: type, size, sha256: digest };
    return (await this.announce(job, newDocument)).upload;
  }

  /** Its document was removed meanwhile, so that sending the file again is a new action. */
  private forgetDocument(job: Job): void {
    job.document = null;
    job.idempotencyKey = crypto.randomUUID();
    this.dispatch(changed({ id: job.id, documentId: null, listed: false }));
  }

  private async announce(job: Job, newDocument: NewDocument): Promise<DocumentWithTicket> {
    const { id, orderId, idempotencyKey } = job;
    this.dispatch(changed({ id, announcing: true }));
    job.document = this.dispatch(
      announceDocument.initiate({ orderId, newDocument, idempotencyKey }),
    ).unwrap();
    try {
      const made = await job.document;
      this.dispatch(changed({ id, documentId: made.id, announcing: false }));
      return made;
    } catch (problem) {
      job.document = null;
      throw problem;
    }
  }
}

/** Waits for `ms`, or, where the browser knows that it is offline, until it is online. */
function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = navigator.onLine ? setTimeout(end, ms) : undefined;
    function end() {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    }
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
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
