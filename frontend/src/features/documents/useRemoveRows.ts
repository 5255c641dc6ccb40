import { useState } from "react";
import { isProblem } from "@/lib/api/problem";
import { useAppDispatch } from "@/lib/appState";
import { deleteDocument } from "./api/deleteDocument";
import type { ListRow } from "./listRows";
import { limiter } from "./uploads/limiter";
import { useUploader } from "./uploads/UploaderContext";

const CONCURRENT_REMOVALS = 3;

/** Removes rows of the list: uploads are stopped, and documents removed. Resolves with the rows that are left. */
export function useRemoveRows() {
  const uploader = useUploader();
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);

  async function removeDocument(documentId: string): Promise<boolean> {
    // The row of the document shows why it could not be removed.
    const result = await dispatch(deleteDocument.initiate({ documentId }, { fixedCacheKey: documentId }));
    return !result.error || (isProblem(result.error) && result.error.code === "document_not_found");
  }

  async function removeRow({ document, upload }: ListRow): Promise<boolean> {
    if (upload && uploader.has(upload.id)) {
      uploader.cancel(upload.id);
      uploader.dismiss(upload.id);
      return true;
    }
    const documentId = document?.id ?? upload?.documentId;
    return documentId ? removeDocument(documentId) : true;
  }

  async function removeRows(rows: readonly ListRow[]): Promise<readonly ListRow[]> {
    setBusy(true);
    const inTurn = limiter(CONCURRENT_REMOVALS);
    const removed = await Promise.all(rows.map((row) => inTurn(() => removeRow(row))));
    setBusy(false);
    return rows.filter((_row, at) => !removed[at]);
  }

  return { removeRows, busy };
}
