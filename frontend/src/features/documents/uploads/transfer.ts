import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import type {
  CreateDocumentRequest,
  CreateDocumentResponse,
  PresignedPostResponse,
} from "@/lib/api/client.generated";
import { isProblem, type Problem } from "@/lib/api/problem";
import { addDocuments } from "../api/addDocuments";
import { renewUpload } from "../api/renewUpload";
import { Batch } from "./batch";
import { contentType } from "./fileRules";
import { sha256 } from "./hash";
import { limiter } from "./limiter";
import { send } from "./send";
import { uploadChanged } from "./slice";
import { speedometer } from "./speedometer";

export const CONCURRENT_UPLOADS = 3;
/** A presigned form is valid for 15 minutes. One of this age is replaced before it is used. */
const FORM_AGE_MS = 10 * 60_000;

export type Dispatch = ThunkDispatch<unknown, unknown, UnknownAction>;

export interface Job {
  id: string;
  orderId: string;
  file: File;
  /** The existing document whose upload is resumed. */
  readonly documentId: string | null;
  /** What its document is added with; null until the file was read. */
  request: CreateDocumentRequest | null;
  /** The list that adds its document, shared with other files and by all attempts. */
  batch: Batch | null;
  abort: AbortController;
}

/** `sent`, `cancelled`, or why the upload failed: an outcome of `send`, a reject reason, or the code of a problem. */
export interface Outcome {
  code: string;
  problem?: Problem;
}

/** One attempt to upload a file: to add its document, and to send it with the form that comes with the document. */
export class Transfer {
  private readonly prepareInTurn = limiter(CONCURRENT_UPLOADS);
  private readonly sendInTurn = limiter(CONCURRENT_UPLOADS);

  constructor(private readonly dispatch: Dispatch) {}

  /** A list of files of an order, whose documents are added together. */
  batch(orderId: string, fileIds: string[]): Batch {
    return new Batch(fileIds, (...list) => this.addDocuments(orderId, ...list));
  }

  async attempt(job: Job, signal: AbortSignal): Promise<Outcome> {
    this.dispatch(uploadChanged({ id: job.id, status: "preparing" }));
    const form = await this.presignedForm(job, signal);
    if ("code" in form) return form;

    const receivedAt = Date.now();
    this.dispatch(uploadChanged({ id: job.id, status: "waiting" }));
    return await this.sendInTurn(async () => {
      if (signal.aborted) return { code: "cancelled" };
      const isOld = Date.now() - receivedAt > FORM_AGE_MS;
      const current = isOld ? await this.presignedForm(job, signal) : form;
      return "code" in current ? current : await this.sendFile(job, current, signal);
    });
  }

  private async sendFile(
    { id, file }: Job,
    form: PresignedPostResponse,
    signal: AbortSignal,
  ): Promise<Outcome> {
    this.dispatch(uploadChanged({ id, status: "sending" }));
    const speedOf = speedometer();
    const report = (sent: number) => this.dispatch(uploadChanged({ id, sent, speed: speedOf(sent) }));
    return { code: await send(file, form, report, signal) };
  }

  /** The form to send the file with, or the outcome if there is none. */
  private async presignedForm(job: Job, signal: AbortSignal): Promise<PresignedPostResponse | Outcome> {
    try {
      const existing = await this.formOfExistingDocument(job);
      if (existing) return existing;
      const request = job.request ?? (await this.prepareInTurn(() => createRequest(job.file)));
      if (signal.aborted) return { code: "cancelled" };
      job.request = request;
      const { upload } = await this.addDocument(job, request);
      return signal.aborted ? { code: "cancelled" } : upload;
    } catch (error) {
      if (!isProblem(error)) return { code: "unreadable_file" };
      // The file is in the bucket; only the response of the bucket was lost.
      return error.code === "document_settled" ? { code: "sent" } : { code: error.code, problem: error };
    }
  }

  private async formOfExistingDocument(job: Job): Promise<PresignedPostResponse | null> {
    const documentId = job.documentId ?? (await job.batch?.document(job.id))?.id;
    if (!documentId) return null;
    try {
      return await this.dispatch(renewUpload.initiate({ documentId })).unwrap();
    } catch (problem) {
      if (job.documentId || !isProblem(problem) || problem.code !== "document_not_found") throw problem;
      // The document was removed, so that uploading the file again adds a new one.
      job.batch = null;
      this.dispatch(uploadChanged({ id: job.id, documentId: null, listed: false }));
      return null;
    }
  }

  private async addDocument(job: Job, request: CreateDocumentRequest): Promise<CreateDocumentResponse> {
    const { id, orderId } = job;
    // A file that was not prepared in time left its list.
    const batch = job.batch?.includes(id) ? job.batch : this.batch(orderId, [id]);
    job.batch = batch;
    try {
      return await batch.add(id, request);
    } catch (problem) {
      if (!isProblem(problem) || problem.status !== 400 || batch.size === 1) throw problem;
      // One refused file refuses its list. Each is added alone then.
      job.batch = this.batch(orderId, [id]);
      return await job.batch.add(id, request);
    }
  }

  private async addDocuments(
    orderId: string,
    fileIds: string[],
    requests: CreateDocumentRequest[],
    idempotencyKey: string,
  ): Promise<CreateDocumentResponse[]> {
    for (const id of fileIds) this.dispatch(uploadChanged({ id, adding: true }));
    const { documents } = await this.dispatch(
      addDocuments.initiate({ orderId, requests, idempotencyKey }),
    ).unwrap();
    documents.forEach((document, at) => {
      this.dispatch(uploadChanged({ id: fileIds[at] ?? "", documentId: document.id, adding: false }));
    });
    return documents;
  }
}

async function createRequest(file: File): Promise<CreateDocumentRequest> {
  const type = await contentType(file);
  const { name: filename, size } = file;
  return { filename, content_type: type, size, sha256: await sha256(file) };
}
