import { api } from "@/lib/api/api";
import type { Problem } from "@/lib/api/problem";
import { deleteDocument } from "../api/deleteDocument";
import { BATCH_SIZE } from "./batch";
import { delayUntilOnline } from "./delayUntilOnline";
import { isFromFolder } from "./droppedFiles";
import { MAX_DOCUMENTS, rejectReason } from "./fileRules";
import { overflowChanged, uploadChanged, uploadsAdded, uploadsCleared, uploadsDismissed } from "./slice";
import { CONCURRENT_UPLOADS, type Dispatch, type Job, Transfer } from "./transfer";

/** Files that are added together are together at most this large (or one file), so that their forms do not expire. */
const BATCH_BYTES = 50 * 1024 * 1024;

/** The delays before an upload is retried after a network failure. After the last one the upload has failed. */
export const RETRY_DELAYS_MS = [1_000, 4_000, 15_000];
const RETRYABLE = new Set(["unreachable", "stalled", "offline", "timeout"]);
/** A limit was reached, or the order takes no documents: the files that wait behind would be refused as well. */
const REFUSED_FOR_ALL = new Set([409, 429]);

/**
 * Uploads files to the bucket. Documents are added in lists; three files are prepared and three are sent at a time:
 *
 *   waiting → preparing (type, digest, document with presigned form) → waiting → sending → sent
 *                └──────────────────┴→ retrying (after a delay, or when the browser is online) → preparing
 *                └──────────────────┴→ failed, refused or cancelled → (retry: a new presigned form) waiting
 *
 * The store holds what the user sees. Files and open requests are not serializable, so this class holds them.
 */
export class Uploader {
  private readonly jobs = new Map<string, Job>();
  private readonly waitingJobs: Job[] = [];
  private readonly overflow = new Map<string, File[]>();
  private readonly running = new Set<Job>();
  private readonly transfer: Transfer;

  constructor(private readonly dispatch: Dispatch) {
    this.transfer = new Transfer(dispatch);
  }

  /**
   * Adds files to an order with `freeSlots` free places, and returns how many are uploaded. Unsupported files are listed
   * with the reason. If the others exceed the free places, none is uploaded: they wait for `addOverflow`,
   * `moveOverflow` or `dropOverflow`.
   */
  add(orderId: string, candidates: readonly File[], freeSlots: number): number {
    const accepted: File[] = [];
    let skipped = 0;
    for (const file of sortedByPath(candidates)) {
      const reason = rejectReason(file);
      if (!reason) accepted.push(file);
      else if ((reason === "wrong_type" || reason === "heic") && isFromFolder(file)) skipped += 1;
      else this.addJobs(orderId, [file], null, reason);
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
    this.enqueue(this.addJobs(orderId, [file], documentId, null));
  }

  retry(...ids: string[]): void {
    const retried = ids.flatMap((id) => {
      const job = this.jobs.get(id);
      return job && !this.waitingJobs.includes(job) ? [job] : [];
    });
    for (const job of retried) {
      job.abort = new AbortController();
      this.dispatch(
        uploadChanged({ id: job.id, status: "waiting", sent: 0, speed: 0, reason: null, problem: null }),
      );
    }
    this.enqueue(retried);
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    job.abort.abort();
    job.batch?.leave(id);
    const index = this.waitingJobs.indexOf(job);
    if (index >= 0) this.waitingJobs.splice(index, 1);
    this.dispatch(uploadChanged({ id, status: "cancelled", speed: 0 }));
  }

  /** Removes uploads, and their documents: a document without a file would block the payment. */
  dismiss(...ids: string[]): void {
    this.dispatch(uploadsDismissed(ids));
    for (const id of ids) {
      const job = this.jobs.get(id);
      this.jobs.delete(id);
      if (job) void this.deleteDocument(job);
    }
  }

  /** Cancels and removes all uploads of an order that have not been sent. */
  stop(orderId: string): void {
    const stopped = [...this.jobs.values()].filter((job) => job.orderId === orderId);
    for (const { id } of stopped) this.cancel(id);
    this.dismiss(...stopped.map(({ id }) => id));
  }

  /** Aborts and removes all uploads. */
  clear(): void {
    for (const { abort } of this.jobs.values()) abort.abort();
    this.jobs.clear();
    this.waitingJobs.length = 0;
    this.overflow.clear();
    this.dispatch(uploadsCleared());
  }

  private async deleteDocument({ id, documentId, batch }: Job): Promise<void> {
    const documentOfFile = documentId ?? (await batch?.document(id))?.id;
    // If the request fails, the row of the document returns and shows why.
    if (!documentOfFile) return;
    this.dispatch(deleteDocument.initiate({ documentId: documentOfFile }, { fixedCacheKey: documentOfFile }));
  }

  private setOverflow(orderId: string, waiting: File[], skipped = 0): void {
    if (waiting.length > 0) this.overflow.set(orderId, waiting);
    else this.overflow.delete(orderId);
    this.dispatch(overflowChanged({ orderId, waiting: waiting.length, skipped }));
  }

  private addJobs(
    orderId: string,
    files: readonly File[],
    documentId: string | null,
    reason: string | null,
  ): Job[] {
    const added = files.map((file) => ({
      id: crypto.randomUUID(),
      orderId,
      file,
      documentId,
      request: null,
      batch: null,
      abort: new AbortController(),
    }));
    this.dispatch(
      uploadsAdded(
        added.map(({ id, file }) => ({
          id,
          orderId,
          documentId,
          name: file.name,
          size: file.size,
          sent: 0,
          speed: 0,
          status: reason ? "refused" : "waiting",
          reason,
          problem: null,
          adding: false,
          listed: documentId !== null,
        })),
      ),
    );
    for (const job of added) this.jobs.set(job.id, job);
    return added;
  }

  private enqueueFiles(orderId: string, accepted: readonly File[]): void {
    if (accepted.length > 0) this.enqueue(this.addJobs(orderId, accepted, null, null));
  }

  private enqueue(queued: readonly Job[]): void {
    this.waitingJobs.push(...queued);
    this.startWaiting();
  }

  /** Starts the next files together when the last ones are being sent: their documents are added by one request. */
  private startWaiting(): void {
    if (this.running.size > CONCURRENT_UPLOADS) return;
    const started = this.takeWaiting();
    if (started.length === 0) return;
    const added = started.filter(({ documentId, batch }) => documentId === null && batch === null);
    const batch = this.transfer.batch(
      started[0]?.orderId ?? "",
      added.map(({ id }) => id),
    );
    for (const job of added) job.batch = batch;
    for (const job of started) {
      this.running.add(job);
      void this.run(job).finally(() => {
        this.running.delete(job);
        this.startWaiting();
      });
    }
  }

  /** The next files of one order, within the limits of one request. */
  private takeWaiting(): Job[] {
    const [first] = this.waitingJobs;
    const taken: Job[] = [];
    let bytes = 0;
    for (const job of this.waitingJobs) {
      if (job.orderId !== first?.orderId) continue;
      bytes += job.file.size;
      if (taken.length === BATCH_SIZE || (taken.length > 0 && bytes > BATCH_BYTES)) break;
      taken.push(job);
    }
    for (const job of taken) this.waitingJobs.splice(this.waitingJobs.indexOf(job), 1);
    return taken;
  }

  /** Uploads a file, with retries after network failures. */
  private async run(job: Job): Promise<void> {
    const { id, file, orderId } = job;
    const { signal } = job.abort;
    for (let attempt = 0; ; attempt++) {
      const { code, problem = null } = await this.transfer.attempt(job, signal);
      job.batch?.leave(id);
      if (signal.aborted || code === "cancelled") {
        this.dispatch(uploadChanged({ id, adding: false }));
        return;
      }
      if (code === "sent") {
        this.dispatch(uploadChanged({ id, status: "sent", sent: file.size, speed: 0, reason: null }));
        this.jobs.delete(id);
        this.refreshAfterLast(job);
        return;
      }
      const delayMs = RETRY_DELAYS_MS[attempt];
      if (code === "heic") return void this.dispatch(uploadChanged({ id, status: "refused", reason: code }));
      if (!RETRYABLE.has(code) || delayMs === undefined) {
        this.fail(job, code, problem);
        if (problem && REFUSED_FOR_ALL.has(problem.status)) this.failWaiting(orderId, code, problem);
        return;
      }
      this.dispatch(uploadChanged({ id, status: "retrying", sent: 0, speed: 0 }));
      await delayUntilOnline(delayMs, signal);
      if (signal.aborted) return;
    }
  }

  private fail({ id }: Job, reason: string, problem: Problem | null): void {
    this.dispatch(uploadChanged({ id, status: "failed", speed: 0, reason, problem, adding: false }));
  }

  private failWaiting(orderId: string, reason: string, problem: Problem): void {
    for (const job of this.waitingJobs.filter((waiting) => waiting.orderId === orderId)) {
      this.waitingJobs.splice(this.waitingJobs.indexOf(job), 1);
      this.fail(job, reason, problem);
    }
  }

  /** The order page polls the order. The last of the files only spares it the time until the next poll. */
  private refreshAfterLast(sent: Job): void {
    const isLast = ![...this.running].some((job) => job !== sent && job.orderId === sent.orderId);
    if (isLast) this.dispatch(api.util.invalidateTags([{ type: "Order", id: sent.orderId }]));
  }
}

/** The files of a folder come in any order. Other selections keep theirs. */
function sortedByPath(files: readonly File[]): readonly File[] {
  if (!files.every(isFromFolder)) return files;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const pathOf = (file: File) => file.webkitRelativePath || file.name;
  return [...files].sort((first, second) => collator.compare(pathOf(first), pathOf(second)));
}
