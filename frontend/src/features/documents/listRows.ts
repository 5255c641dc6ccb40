import { LISTED_DOCUMENTS } from "@/features/orders/orderState";
import type { DocumentResponse, OrderResponse } from "@/lib/api/client.generated";
import type { Upload } from "./uploads/slice";

/** A row of an order's document list: a document, an upload, or both. With neither, its page is not loaded yet. */
export interface ListRow {
  /** The id of the document; without one, that of the upload. */
  key: string;
  document: DocumentResponse | null;
  upload: Upload | null;
}

export interface Listing {
  order: OrderResponse;
  /** The loaded documents behind those that the order lists. */
  later: readonly DocumentResponse[];
  /** The uploads of the order. */
  uploads: readonly Upload[];
  /**
   * The documents that were there before the open request that adds some; null: no such request is open. The ids of
   * those that it adds are unknown here, and a new one in the list would be a second row of its upload.
   */
  before: { ids: ReadonlySet<string>; count: number } | null;
}

/** Every file of an order has one row from its selection on, in the order of adding. */
export function listRows({ order, later, uploads, before }: Listing): ListRow[] {
  const uploadsByDocument = new Map(uploads.map((upload) => [upload.documentId, upload]));
  const isKnown = ({ id, status }: DocumentResponse) =>
    status !== "awaiting_upload" || uploadsByDocument.has(id) || !before || before.ids.has(id);
  const row = (document: DocumentResponse): ListRow => ({
    key: document.id,
    document,
    upload: uploadsByDocument.get(document.id) ?? null,
  });

  const listed = order.documents.filter(isKnown).map(row);
  const ids = new Set(order.documents.map(({ id }) => id));
  const loaded = later.filter((document) => !ids.has(document.id) && isKnown(document)).map(row);
  for (const { key } of loaded) ids.add(key);

  const unlisted = uploads.filter(({ documentId }) => documentId === null || !ids.has(documentId));
  const ownRows = unlisted
    .filter(({ status, listed }) => !(status === "sent" && listed))
    .map((upload): ListRow => ({ key: upload.documentId ?? upload.id, document: null, upload }));
  const onLaterPages = ownRows.filter(({ upload }) => isOnLaterPage(order, upload?.documentId ?? null));
  const behind = [...loaded, ...onLaterPages].sort((first, second) => (first.key < second.key ? -1 : 1));

  const count = before ? Math.min(order.document_count, before.count) : order.document_count;
  const missingCount = hasLaterPages(order) ? Math.max(0, count - order.documents.length - behind.length) : 0;
  const missing = Array.from(
    { length: missingCount },
    (_, at): ListRow => ({ key: `missing-${at}`, document: null, upload: null }),
  );
  return [...listed, ...behind, ...missing, ...ownRows.filter((ownRow) => !onLaterPages.includes(ownRow))];
}

/** Documents are listed in the order of their ids. */
export function isOnLaterPage(order: OrderResponse, documentId: string | null): boolean {
  return documentId !== null && hasLaterPages(order) && documentId > (order.documents.at(-1)?.id ?? "");
}

/** Not by the number of those that are listed: one that is being removed has left them, and the later ones stay. */
function hasLaterPages({ documents, document_count }: OrderResponse): boolean {
  return document_count >= LISTED_DOCUMENTS && document_count > documents.length;
}
