import { api } from "@/lib/api/api";
import type { Problem } from "@/lib/api/problem";
import { BATCH_SIZE } from "./batch";
import { delayUntilOnline } from "./delayUntilOnline";
import { uploadChanged } from "./slice";
import { CONCURRENT_UPLOADS, type Dispatch, type Job, Transfer } from "./transfer";

/** Files that are added together are together at most this large (or one file), so that their forms do not expire. */
const BATCH_BYTES = 50 * 1024 * 1024;

/** The delays before an upload is retried after a failure that may pass. After the last one the upload has failed. */
export const RETRY_DELAYS_MS = [1_000, 4_000, 15_000];
const RETRYABLE = new Set([
  "unreachable",
  "stalled",
  "offline",
  "timeout",
  "changed_meanwhile",
  "storage_unreachable",
  "table_unavailable",
]);
/** A limit was reached, or the order takes no documents: the files that wait behind would be refused as well. */
const REFUSED_FOR_ALL = new Set([
  "limit_reached",
  "order_closed",
  "order_full",
  "too_many_requests",
  "too_many_tries",
]);

/** The files that wait and those that are being uploaded. The files of one order start in groups. */
export class UploadQueue {
  private readonly waiting: Job[] = [];
  private readonly running = new Set<Job>();
  private readonly transfer: Transfer;

  constructor(
    private readonly dispatch: Dispatch,
    private readonly onSent: (job: Job) => void,
  ) {
    this.transfer = new Transfer(dispatch);
  }

  add(queued: readonly Job[]): void {
    this.waiting.push(...queued);
    this.startWaiting();
  }

  /** Whether a file waits. */
  has(job: Job): boolean {
    return this.waiting.includes(job);
  }

  /** Removes a file that waits. One that is being uploaded ends by its own signal. */
  remove(job: Job): void {
    const index = this.waiting.indexOf(job);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  clear(): void {
    this.waiting.length = 0;
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
    const [first] = this.waiting;
    const taken: Job[] = [];
    let bytes = 0;
    for (const job of this.waiting) {
      if (job.orderId !== first?.orderId) continue;
      bytes += job.file.size;
      if (taken.length === BATCH_SIZE || (taken.length > 0 && bytes > BATCH_BYTES)) break;
      taken.push(job);
    }
    for (const job of taken) this.waiting.splice(this.waiting.indexOf(job), 1);
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
        this.onSent(job);
        this.refreshAfterLast(job);
        return;
      }
      const delayMs = RETRY_DELAYS_MS[attempt];
      if (!RETRYABLE.has(code) || delayMs === undefined) {
        this.fail(job, code, problem);
        if (problem && REFUSED_FOR_ALL.has(code)) this.failWaiting(orderId, code, problem);
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
    for (const job of this.waiting.filter((queued) => queued.orderId === orderId)) {
      this.waiting.splice(this.waiting.indexOf(job), 1);
      this.fail(job, reason, problem);
    }
  }

  /** The order page polls the order. The last of the files only spares it the time until the next poll. */
  private refreshAfterLast(sent: Job): void {
    const isLast = ![...this.running].some((job) => job !== sent && job.orderId === sent.orderId);
    if (isLast) this.dispatch(api.util.invalidateTags([{ type: "Order", id: sent.orderId }]));
  }
}
