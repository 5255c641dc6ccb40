import { useEffect, useRef } from "react";
import { useSelector } from "react-redux";
import { LISTED_DOCUMENTS } from "@/features/orders/orderState";
import type { DocumentResponse, OrderResponse } from "@/lib/api/client.generated";
import { MAX_DOCUMENTS } from "./uploads/fileRules";
import { isRunning, selectUploads, type Upload } from "./uploads/slice";

/** How far the files of an order are. Files are documents of the order and files that are being added to it. */
export interface FileCounts {
  total: number;
  /** Files in the bucket. Those that are being sent count with the part that was sent. */
  uploaded: number;
  read: number;
  unreadable: number;
}

/**
 * The rows of an order's document list: the documents of the API, then the uploads that the API does not count yet. Every
 * file has one row from its selection on; a document and its upload are matched by the document id.
 */
export function useDocumentRows(order: OrderResponse) {
  const uploads = Object.values(useSelector(selectUploads)).filter(({ orderId }) => orderId === order.id);
  const uploadsByDocument = new Map(uploads.map((upload) => [upload.documentId, upload]));
  const adding = uploads.some((upload) => upload.adding);

  // While documents are being added, their ids are unknown here, and a new one in the list would be a second row.
  const idsBeforeAdding = useRef(new Set(order.documents.map(({ id }) => id)));
  useEffect(() => {
    if (!adding) idsBeforeAdding.current = new Set(order.documents.map(({ id }) => id));
  }, [adding, order.documents]);

  const documents = order.documents.filter(
    ({ id, status }) =>
      status !== "awaiting_upload" || uploadsByDocument.has(id) || !adding || idsBeforeAdding.current.has(id),
  );
  const listedIds = new Set(documents.map(({ id }) => id));
  const hasRow = ({ documentId }: Upload) =>
    documentId !== null && (listedIds.has(documentId) || isOnLaterPage(order, documentId));
  const ownRows = uploads.filter((upload) => !hasRow(upload) && !(upload.status === "sent" && upload.listed));
  const laterCount = Math.max(0, order.document_count - order.documents.length);

  return {
    /** The first documents of the order. */
    documents,
    /** The number of documents of the order, with those on later pages. */
    documentCount: documents.length + laterCount,
    uploadsByDocument,
    uploads: ownRows,
    failedUploads: uploads.filter(({ status }) => status === "failed" || status === "cancelled"),
    counts: countFiles(order, documents, laterCount, uploads, ownRows),
    freeSlots: Math.max(0, MAX_DOCUMENTS - order.document_count - unlistedCount(order, uploads)),
  };
}

/** Files of an order are being uploaded that the API does not report yet: its quote is about to change. */
export function useUploadsPending(order: OrderResponse): boolean {
  // The selector decides, so that the progress of an upload renders none of the users of this hook.
  return useSelector(
    (state: Parameters<typeof selectUploads>[0]) =>
      order.status === "pending" &&
      Object.values(selectUploads(state)).some(
        (upload) => upload.orderId === order.id && occupiesSlot(order, upload),
      ),
  );
}

function countFiles(
  order: OrderResponse,
  documents: DocumentResponse[],
  laterCount: number,
  uploads: Upload[],
  ownRows: Upload[],
): FileCounts {
  const running = uploads.filter(isRunning);
  const total =
    documents.length + laterCount + ownRows.filter((row) => isRunning(row) || row.status === "sent").length;
  const withUpload = new Set(uploads.map(({ documentId }) => documentId));
  const interrupted = documents.filter(
    ({ id, status }) => status === "awaiting_upload" && !withUpload.has(id),
  );
  // Without uploads in this browser, all that the API has not received was interrupted.
  const interruptedCount = uploads.length > 0 ? interrupted.length : order.progress.awaiting_upload;
  const sentPart = running.reduce((sum, { sent, size }) => sum + sent / size, 0);
  const failedCount = uploads.filter(
    (upload) => !isRunning(upload) && upload.status !== "sent" && upload.documentId,
  ).length;
  return {
    total,
    uploaded: total - running.length - interruptedCount - failedCount + sentPart,
    read: order.progress.ready,
    unreadable: order.progress.unreadable,
  };
}

function unlistedCount(order: OrderResponse, uploads: Upload[]): number {
  return uploads.filter((upload) => occupiesSlot(order, upload)).length;
}

/** The upload takes one of the places of its order, and the API does not count it yet. */
function occupiesSlot(order: OrderResponse, upload: Upload): boolean {
  if (upload.listed || !(isRunning(upload) || upload.status === "sent")) return false;
  const { documentId } = upload;
  if (documentId === null) return true;
  return !order.documents.some(({ id }) => id === documentId) && !isOnLaterPage(order, documentId);
}

/** Documents are listed in the order of their ids. */
function isOnLaterPage({ documents, document_count }: OrderResponse, documentId: string): boolean {
  const last = documents.at(-1);
  return (
    documents.length >= LISTED_DOCUMENTS && document_count > documents.length && documentId > (last?.id ?? "")
  );
}
