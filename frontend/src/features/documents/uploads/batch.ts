import type { CreateDocumentRequest, CreateDocumentResponse } from "@/lib/api/client.generated";

/** The most documents that one request adds. */
export const BATCH_SIZE = 20;

/** Adds a document for each file and returns them in this order. */
type AddAll = (
  fileIds: string[],
  requests: CreateDocumentRequest[],
  idempotencyKey: string,
) => Promise<CreateDocumentResponse[]>;

/**
 * Files whose documents are added by one request. It is sent when each file is prepared or has left. Repeating it sends
 * the same list with the same idempotency key, so that a lost response adds no document twice.
 */
export class Batch {
  private readonly idempotencyKey = crypto.randomUUID();
  private readonly unprepared: Set<string>;
  private readonly requests = new Map<string, CreateDocumentRequest>();
  private readonly prepared: (() => void)[] = [];
  private documents: Promise<Map<string, CreateDocumentResponse>> | null = null;
  private isSent = false;

  constructor(
    fileIds: Iterable<string>,
    private readonly addAll: AddAll,
  ) {
    this.unprepared = new Set(fileIds);
  }

  /** The number of documents in the request. */
  get size(): number {
    return this.requests.size;
  }

  includes(fileId: string): boolean {
    return this.unprepared.has(fileId) || this.requests.has(fileId);
  }

  /** The file is prepared. Resolves with its document, or rejects with the problem of the request. */
  async add(fileId: string, request: CreateDocumentRequest): Promise<CreateDocumentResponse> {
    if (!this.isSent) this.requests.set(fileId, request);
    this.unprepared.delete(fileId);
    if (this.unprepared.size > 0) await new Promise<void>((resolve) => this.prepared.push(resolve));
    this.releaseIfPrepared();
    const document = (await this.send()).get(fileId);
    if (!document) throw new Error("The document was not added");
    return document;
  }

  /** The others do not wait for the file. A request that was sent before stays as it is, to be repeated. */
  leave(fileId: string): void {
    this.unprepared.delete(fileId);
    if (!this.isSent) this.requests.delete(fileId);
    this.releaseIfPrepared();
  }

  /** The document of a file, if the request that adds it is open or has succeeded. */
  async document(fileId: string): Promise<CreateDocumentResponse | undefined> {
    return (await this.documents?.catch(() => null))?.get(fileId);
  }

  private releaseIfPrepared(): void {
    if (this.unprepared.size === 0) for (const resolve of this.prepared.splice(0)) resolve();
  }

  private send(): Promise<Map<string, CreateDocumentResponse>> {
    this.documents ??= this.sendRequest().catch((problem: unknown) => {
      this.documents = null;
      throw problem;
    });
    return this.documents;
  }

  private async sendRequest(): Promise<Map<string, CreateDocumentResponse>> {
    if (this.requests.size === 0) return new Map();
    this.isSent = true;
    const fileIds = [...this.requests.keys()];
    const added = await this.addAll(fileIds, [...this.requests.values()], this.idempotencyKey);
    return new Map(added.map((document, at) => [fileIds[at] ?? "", document]));
  }
}
