import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { api } from "@/lib/api/api";
import type {
  CreateDocumentRequest,
  CreateDocumentResponse,
  PresignedPostResponse,
} from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { addDocument } from "../api/addDocument";
import { deleteDocument } from "../api/deleteDocument";
import { renewUpload } from "../api/renewUpload";
import { delayUntilOnline } from "./delayUntilOnline";
import { isFromFolder } from "./droppedFiles";
import { contentType, MAX_DOCUMENTS, rejectReason } from "./fileRules";
import { sha256 } from "./hash";
import { send } from "./send";
import { overflowChanged, uploadAdded, uploadChanged, uploadDismissed, uploadsCleared } from "./slice";
import { speedometer } from "./speedometer";

const CONCURRENT_UPLOADS = 3;

/** The delays before an upload is retried after a network failure. After the last one the upload has failed. */
export const RETRY_DELAYS_MS = [1_000, 4_000, 15_000];
const RETRYABLE = new Set(["unreachable", "stalled", "offline", "timeout"]);

interface Job {
  id: string;
  orderId: string;
  file: File;
  /** The existing document whose upload is resumed. */
  readonly documentId: string | null;
  /** The added document, shared by all attempts; null until the first attempt adds it. */
  document: Promise<CreateDocumentResponse> | null;
  /** Sent with each attempt to add the document, so that it is added once. */
  idempotencyKey: string;
  abort: AbortController;
}

type Dispatch = ThunkDispatch<unknown, unknown, UnknownAction>;

/**
 * Uploads files to the bucket, three at a time:
 *
 *   waiting → preparing (type, digest, presigned form) → sending → sent
 *                └──────────┴→ retrying (after a delay, or when the browser is online) → preparing
 *                └──────────┴→ failed, refused or cancelled → (retry: a new presigned form) waiting
 *
 * The store holds what the user sees. Files and open requests are not serializable, so this class holds them.
 */
export class Uploader {
  private readonly jobs = new Map<string, Job>();
  private readonly waitingJobs: Job[] = [];
  private readonly overflow = new Map<string, File[]>();
  private runningCount = 0;

  constructor(private readonly dispatch: Dispatch) {}

  /**
   * Adds files to an order with `freeSlots` free places, and returns how many are uploaded. Unsupported files are listed
   * with the reason. If the others exceed the free places, none is uploaded: they wait for `addOverflow`,
   * `moveOverflow` or `dropOverflow`.
   */
  add(orderId: string, candidates: readonly File[], freeSlots: number): number {
    const accepted: File[] = [];
    let skipped = 0;
    for (const file of candidates) {
      const reason = rejectReason(file);
      if (!reason) accepted.push(file);
      else if ((reason === "wrong_type" || reason === "heic") && isFromFolder(file)) skipped += 1;
      else this.addJob(orderId, file, null, reason);
    }
    const waiting = this.overflow.get(orderId) ?? [];
    const hasRoom = accepted.length <= freeSlots && waiting.length === 0;
    if (hasRoom) this.enqueueFiles(orderId, accepted);
    else waiting.push(...accepted);
    this.setOverflow(orderId, waiting, skipped);
    return hasRoom ? accepted.length : 0;
  }

  /** Uploads the first files of the overflow, up to the number of free places. */
  addOverflow(orderId: string, freeSlots: number): void {
    const waiting = this.overflow.get(orderId) ?? [];
    this.enqueueFiles(orderId, waiting.splice(0, freeSlots));
    this.setOverflow(orderId, waiting);
  }

  /** Moves the overflow to another order, which is new and empty. */
  moveOverflow(orderId: string, toOrderId: string): void {
    const waiting = this.overflow.get(orderId) ?? [];
    this.setOverflow(orderId, []);
    this.overflow.set(toOrderId, waiting);
    this.addOverflow(toOrderId, MAX_DOCUMENTS);
  }

  dropOverflow(orderId: string): void {
    this.setOverflow(orderId, []);
  }

  /** Resumes an interrupted upload with the file that the user selected again. */
  resume(orderId: string, documentId: string, file: File): void {
    this.enqueue(this.addJob(orderId, file, documentId, null));
  }

  retry(id: string): void {
    const job = this.jobs.get(id);
    if (!job || this.waitingJobs.includes(job)) return;
    job.abort = new AbortController();
    this.dispatch(uploadChanged({ id, status: "waiting", sent: 0, speed: 0, reason: null }));
    this.enqueue(job);
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    job.abort.abort();
    const index = this.waitingJobs.indexOf(job);
    if (index >= 0) this.waitingJobs.splice(index, 1);
    this.dispatch(uploadChanged({ id, status: "cancelled", speed: 0 }));
  }

  /** Removes an upload that ended, and its document: a document without a file would block the payment. */
  dismiss(id: string): void {
    const job = this.jobs.get(id);
    this.jobs.delete(id);
    this.dispatch(uploadDismissed(id));
    if (job) void this.deleteDocument(job);
  }

  /** Aborts and removes all uploads. */
  clear(): void {
    for (const { abort } of this.jobs.values()) abort.abort();
    this.jobs.clear();
    this.waitingJobs.length = 0;
    this.overflow.clear();
    this.dispatch(uploadsCleared());
  }

  private async deleteDocument({ documentId, document }: Job): Promise<void> {
    const id = documentId ?? (await document?.catch(() => null))?.id;
    // If the request fails, the row of the document returns and shows why.
    if (id) this.dispatch(deleteDocument.initiate({ documentId: id }, { fixedCacheKey: id }));
  }

  private setOverflow(orderId: string, waiting: File[], skipped = 0): void {
    if (waiting.length > 0) this.overflow.set(orderId, waiting);
    else this.overflow.delete(orderId);
    this.dispatch(overflowChanged({ orderId, waiting: waiting.length, skipped }));
  }

  private addJob(orderId: string, file: File, documentId: string | null, reason: string | null): Job {
    const job: Job = {
      id: crypto.randomUUID(),
      orderId,
      file,
      documentId,
      document: null,
      idempotencyKey: crypto.randomUUID(),
      abort: new AbortController(),
    };
    this.dispatch(
      uploadAdded({
        id: job.id,
        orderId,
        documentId,
        name: file.name,
        size: file.size,
        sent: 0,
        speed: 0,
        status: reason ? "refused" : "waiting",
        reason,
        adding: false,
        listed: documentId !== null,
      }),
    );
    this.jobs.set(job.id, job);
    return job;
  }

  private enqueueFiles(orderId: string, accepted: readonly File[]): void {
    for (const file of accepted) this.enqueue(this.addJob(orderId, file, null, null));
  }

  private enqueue(job: Job): void {
    this.waitingJobs.push(job);
    this.startWaiting();
  }

  private startWaiting(): void {
    while (this.runningCount < CONCURRENT_UPLOADS) {
      const job = this.waitingJobs.shift();
      if (!job) return;
      this.runningCount += 1;
      void this.run(job).finally(() => {
        this.runningCount -= 1;
        this.startWaiting();
      });
    }
  }

  /** Uploads a file, with retries after network failures. */
  private async run(job: Job): Promise<void> {
    const { id, file } = job;
    const { signal } = job.abort;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(job, signal);
      if (signal.aborted || outcome === "cancelled") {
        this.dispatch(uploadChanged({ id, adding: false }));
        return;
      }
      if (outcome === "sent") {
        this.dispatch(uploadChanged({ id, status: "sent", sent: file.size, speed: 0, reason: null }));
        this.jobs.delete(id);
        this.dispatch(api.util.invalidateTags([{ type: "Order", id: job.orderId }]));
        return;
      }
      const delayMs = RETRY_DELAYS_MS[attempt];
      if (outcome === "heic")
        return void this.dispatch(uploadChanged({ id, status: "refused", reason: outcome }));
      if (!RETRYABLE.has(outcome) || delayMs === undefined) {
        this.dispatch(uploadChanged({ id, status: "failed", speed: 0, reason: outcome, adding: false }));
        return;
      }
      this.dispatch(uploadChanged({ id, status: "retrying", sent: 0, speed: 0 }));
      await delayUntilOnline(delayMs, signal);
      if (signal.aborted) return;
    }
  }

  /** Returns `sent`, `cancelled`, or the reason of the failure: an outcome of `send` or the code of a problem. */
  private async attempt(job: Job, signal: AbortSignal): Promise<string> {
    const { id, file } = job;
    this.dispatch(uploadChanged({ id, status: "preparing" }));
    let form: PresignedPostResponse | "heic" | null;
    try {
      form = await this.presignedForm(job, signal);
    } catch (error) {
      if (!isProblem(error)) return "unreadable_file";
      // The file is in the bucket; only the response of the bucket was lost.
      return error.code === "document_settled" ? "sent" : error.code;
    }
    if (form === "heic") return form;
    if (!form || signal.aborted) return "cancelled";

    this.dispatch(uploadChanged({ id, status: "sending" }));
    const speedOf = speedometer();
    return await send(
      file,
      form,
      (sent) => this.dispatch(uploadChanged({ id, sent, speed: speedOf(sent) })),
      signal,
    );
  }

  /** The form that comes with a new document, or a new form for an existing one. */
  private async presignedForm(job: Job, signal: AbortSignal): Promise<PresignedPostResponse | "heic" | null> {
    const { documentId, document } = job;
    if (documentId || document) {
      const existingId = documentId ?? (await document)?.id ?? "";
      try {
        return await this.dispatch(renewUpload.initiate({ documentId: existingId })).unwrap();
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
    const createDocumentRequest = { filename, content_type: type, size, sha256: digest };
    return (await this.addDocument(job, createDocumentRequest)).upload;
  }

  /** The document was removed, so that uploading the file again adds a new one. */
  private forgetDocument(job: Job): void {
    job.document = null;
    job.idempotencyKey = crypto.randomUUID();
    this.dispatch(uploadChanged({ id: job.id, documentId: null, listed: false }));
  }

  private async addDocument(
    job: Job,
    createDocumentRequest: CreateDocumentRequest,
  ): Promise<CreateDocumentResponse> {
    const { id, orderId, idempotencyKey } = job;
    this.dispatch(uploadChanged({ id, adding: true }));
    const adding = this.dispatch(
      addDocument.initiate({ orderId, createDocumentRequest, idempotencyKey }),
    ).unwrap();
    job.document = adding;
    try {
      const document = await adding;
      this.dispatch(uploadChanged({ id, documentId: document.id, adding: false }));
      return document;
    } catch (problem) {
      job.document = null;
      throw problem;
    }
  }
}
