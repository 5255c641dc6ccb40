import { useEffect, useRef } from "react";
import { useSelector } from "react-redux";
import type { OrderResponse } from "@/lib/api/client.generated";
import { MAX_DOCUMENTS } from "./uploads/fileRules";
import { isShown, occupiesSlot, selectUploads } from "./uploads/slice";

/**
 * The rows of an order's document list: the documents of the API, then the uploads that the API does not list yet. Every
 * file has one row from its selection on; a document and its upload are matched by the document id.
 */
export function useDocumentRows(order: OrderResponse) {
  const uploads = Object.values(useSelector(selectUploads)).filter(({ orderId }) => orderId === order.id);
  const uploadByDocument = new Map(uploads.map((upload) => [upload.documentId, upload]));
  const adding = uploads.some((upload) => upload.adding);

  // While a document is being added, its id is unknown here, and a new document in the list would be a second row.
  const idsBeforeAdding = useRef(new Set(order.documents.map(({ id }) => id)));
  useEffect(() => {
    if (!adding) idsBeforeAdding.current = new Set(order.documents.map(({ id }) => id));
  }, [adding, order.documents]);

  const documents = order.documents.filter(({ id, status }) => {
    const upload = uploadByDocument.get(id);
    if (status !== "awaiting_upload" || upload?.status === "sent") return true;
    return !upload && (!adding || idsBeforeAdding.current.has(id));
  });
  const listedIds = new Set(documents.map(({ id }) => id));
  return {
    documents,
    uploads: uploads.filter((upload) => isShown(upload) && !listedIds.has(upload.documentId ?? "")),
    /** Ids of the documents whose files are in the bucket although the API does not know it yet. */
    uploadedIds: new Set(
      uploads.filter(({ status }) => status === "sent").map(({ documentId }) => documentId),
    ),
    freeSlots: countFreeSlots(order, uploads.filter(occupiesSlot)),
  };
}

/** Files of an order are being uploaded that the API does not report yet: its quote is about to change. */
export function useUploadsPending({ id, status }: OrderResponse): boolean {
  const uploads = useSelector(selectUploads);
  if (status !== "pending") return false;
  return Object.values(uploads).some((upload) => upload.orderId === id && occupiesSlot(upload));
}

function countFreeSlots(order: OrderResponse, uploads: { documentId: string | null }[]): number {
  const listedIds = new Set(order.documents.map(({ id }) => id));
  const unlisted = uploads.filter(({ documentId }) => !listedIds.has(documentId ?? "")).length;
  return Math.max(0, MAX_DOCUMENTS - order.documents.length - unlisted);
}
