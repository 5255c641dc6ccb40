import { useCallback, useEffect, useRef, useState } from "react";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useAppSelector } from "@/lib/appState";
import { isOnLaterPage, type ListRow, listRows } from "./listRows";
import { MAX_DOCUMENTS } from "./uploads/fileRules";
import { isRunning, selectUploads, type Upload } from "./uploads/slice";
import { useLaterDocuments } from "./useLaterDocuments";

/** How far the files of an order are. Files are documents of the order and files that are being added to it. */
export interface FileCounts {
  total: number;
  /** Files in the bucket. Those that are being sent count with the part that was sent. */
  uploaded: number;
  read: number;
  unreadable: number;
}

/**
 * The rows of an order's document list, and what is counted of them. They are loaded up to the row that `load` was
 * called with, or all.
 */
export function useDocumentRows(order: OrderResponse, { all }: { all: boolean }) {
  const uploads = Object.values(useAppSelector(selectUploads)).filter(({ orderId }) => orderId === order.id);
  const isAdding = uploads.some((upload) => upload.adding);
  // What was loaded stays: a document that is chosen is not lost when the list scrolls back.
  const [end, setEnd] = useState(0);
  const load = useCallback((needed: number) => setEnd((loaded) => Math.max(loaded, needed)), []);
  useEffect(() => {
    if (all) load(order.document_count);
  }, [all, order.document_count, load]);
  const later = useLaterDocuments(order, Math.min(end, order.document_count));

  const before = useRef({
    ids: new Set([...order.documents, ...later.documents].map(({ id }) => id)),
    count: order.document_count,
  });
  useEffect(() => {
    if (isAdding) return;
    const ids = [...order.documents, ...later.documents].map(({ id }) => id);
    before.current = { ids: new Set(ids), count: order.document_count };
  });

  const rows = listRows({
    order,
    later: later.documents,
    uploads,
    before: isAdding ? before.current : null,
  });
  return {
    rows,
    load,
    /** The pages that are needed: whether they are being loaded, and why that failed. */
    later,
    uploads,
    counts: countFiles(order, rows, uploads),
    freeSlots: Math.max(0, MAX_DOCUMENTS - order.document_count - unlistedCount(order, uploads)),
  };
}

/** Files of an order are being uploaded that the API does not report yet: its quote is about to change. */
export function useUploadsPending(order: OrderResponse): boolean {
  // The selector decides, so that the progress of an upload renders none of the users of this hook.
  return useAppSelector(
    (state) =>
      order.status === "pending" &&
      Object.values(selectUploads(state)).some(
        (upload) => upload.orderId === order.id && occupiesSlot(order, upload),
      ),
  );
}

function countFiles(order: OrderResponse, rows: readonly ListRow[], uploads: Upload[]): FileCounts {
  const running = uploads.filter(isRunning);
  const ended = rows.filter(({ upload }) => upload && !isRunning(upload) && upload.status !== "sent");
  // A file whose document was added counts: without it the order cannot be paid.
  const failedCount = ended.filter(({ document, upload }) => document || upload?.documentId).length;
  const total = rows.length - ended.length + failedCount;
  const interrupted = rows.filter(
    ({ document, upload }) => document?.status === "awaiting_upload" && !upload,
  );
  // Without uploads in this browser, all that the API has not received was interrupted.
  const interruptedCount = uploads.length > 0 ? interrupted.length : order.progress.awaiting_upload;
  // A file can be read before the bucket's response to its upload arrives.
  const finished = order.progress.ready + order.progress.unreadable;
  const sentPart = running.reduce((sum, { sent, size }) => sum + sent / size, 0);
  return {
    total,
    uploaded: Math.max(finished, total - running.length - interruptedCount - failedCount + sentPart),
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
