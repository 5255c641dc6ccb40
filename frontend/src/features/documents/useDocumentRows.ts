import { useEffect, useRef } from "react";
import { useSelector } from "react-redux";
import type { OrderView } from "@/lib/api/client.generated";
import { MAX_DOCUMENTS } from "./uploads/fileRules";
import { isShown, selectUploads, takesPlace } from "./uploads/slice";

/**
 * The rows of an order's list: the service's documents, then the uploads that it does not list yet. A file is one row
 * from its choice on; a document and its upload are matched by the document's id.
 */
export function useDocumentRows(order: OrderView) {
  const mine = Object.values(useSelector(selectUploads)).filter(({ orderId }) => orderId === order.id);
  const uploadOf = new Map(mine.map((upload) => [upload.documentId, upload]));
  const announcing = mine.some((upload) => upload.announcing);

  // Until the service has answered which document is whose, a new one in its list would be a second row of a file.
  const before = useRef(new Set(order.documents.map(({ id }) => id)));
  useEffect(() => {
    if (!announcing) before.current = new Set(order.documents.map(({ id }) => id));
  }, [announcing, order.documents]);

  const documents = order.documents.filter(({ id, status }) => {
    const upload = uploadOf.get(id);
    if (status !== "awaiting_upload" || upload?.status === "sent") return true;
    return !upload && (!announcing || before.current.has(id));
  });
  const listed = new Set(documents.map(({ id }) => id));
  return {
    documents,
    uploads: mine.filter((upload) => isShown(upload) && !listed.has(upload.documentId ?? "")),
    /** The documents whose files are in the bucket; only the service has not noticed yet. */
    arrived: new Set(mine.filter(({ status }) => status === "sent").map(({ documentId }) => documentId)),
    freeSlots: freeSlots(order, mine.filter(takesPlace)),
  };
}

/** Files are on their way to an order of which the service has not said yet that it has any document. */
export function useUploadsPending({ id, status, documents }: OrderView): boolean {
  const uploads = useSelector(selectUploads);
  if (status !== "pending" || documents.some(({ status }) => status !== "awaiting_upload")) return false;
  return Object.values(uploads).some((upload) => upload.orderId === id && takesPlace(upload));
}

function freeSlots(order: OrderView, uploads: { documentId: string | null }[]): number {
  const listed = new Set(order.documents.map(({ id }) => id));
  const more = uploads.filter(({ documentId }) => !listed.has(documentId ?? "")).length;
  return Math.max(0, MAX_DOCUMENTS - order.documents.length - more);
}
