import { deleteDocument } from "../api/deleteDocument";
import { MAX_DOCUMENTS, rejectReason } from "./fileRules";
import { isFromFolder, isSystemFile, sortedByPath } from "./selectedFiles";
import {
  type LeftOut,
  overflowChanged,
  uploadChanged,
  uploadsAdded,
  uploadsCleared,
  uploadsDismissed,
} from "./slice";
import type { Dispatch, Job } from "./transfer";
import { UploadQueue } from "./uploadQueue";

const NOTHING_LEFT_OUT: LeftOut = { unsupported: [], system: [] };

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
  private readonly overflow = new Map<string, File[]>();
  private readonly queue: UploadQueue;

  constructor(private readonly dispatch: Dispatch) {
    this.queue = new UploadQueue(dispatch, ({ id }) => this.jobs.delete(id));
  }

  /**
   * Adds files to an order with `freeSlots` free places, and returns how many are uploaded. Unsupported files are listed
   * with the reason. If the others exceed the free places, none is uploaded: they wait for `addOverflow`,
   * `moveOverflow` or `dropOverflow`.
   */
  add(orderId: string, candidates: readonly File[], freeSlots: number): number {
    const accepted: File[] = [];
    const leftOut: LeftOut = { unsupported: [], system: [] };
    for (const file of sortedByPath(candidates)) {
      const reason = rejectReason(file);
      if (isFromFolder(file) && isSystemFile(file)) leftOut.system.push(file.name);
      else if (!reason) accepted.push(file);
      else if (reason === "wrong_type" && isFromFolder(file)) leftOut.unsupported.push(file.name);
      else this.addJobs(orderId, [file], null, reason);
    }
    const waiting = this.overflow.get(orderId) ?? [];
    const hasRoom = accepted.length <= freeSlots && waiting.length === 0;
    if (hasRoom) this.enqueueFiles(orderId, accepted);
    else waiting.push(...accepted);
    this.setOverflow(orderId, waiting, leftOut);
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
    this.queue.add(this.addJobs(orderId, [file], documentId, null));
  }

  retry(...ids: string[]): void {
    const retried = ids.flatMap((id) => {
      const job = this.jobs.get(id);
      return job && !this.queue.has(job) ? [job] : [];
    });
    for (const job of retried) {
      job.abort = new AbortController();
      this.dispatch(
        uploadChanged({ id: job.id, status: "waiting", sent: 0, speed: 0, reason: null, problem: null }),
      );
    }
    this.queue.add(retried);
  }

  /** Whether a file was not sent yet. */
  has(id: string): boolean {
    return this.jobs.has(id);
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (!job) return;
    job.abort.abort();
    job.batch?.leave(id);
    this.queue.remove(job);
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
    this.queue.clear();
    this.overflow.clear();
    this.dispatch(uploadsCleared());
  }

  private async deleteDocument({ id, documentId, batch }: Job): Promise<void> {
    const documentOfFile = documentId ?? (await batch?.document(id))?.id;
    // If the request fails, the row of the document returns and shows why.
    if (!documentOfFile) return;
    this.dispatch(deleteDocument.initiate({ documentId: documentOfFile }, { fixedCacheKey: documentOfFile }));
  }

  private setOverflow(orderId: string, waiting: File[], leftOut: LeftOut = NOTHING_LEFT_OUT): void {
    if (waiting.length > 0) this.overflow.set(orderId, waiting);
    else this.overflow.delete(orderId);
    this.dispatch(overflowChanged({ orderId, waiting: waiting.length, ...leftOut }));
  }

  private addJobs(
    orderId: string,
    candidates: readonly File[],
    documentId: string | null,
    reason: string | null,
  ): Job[] {
    const added = candidates.map((file) => ({
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
    if (accepted.length > 0) this.queue.add(this.addJobs(orderId, accepted, null, null));
  }
}
