import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Pager } from "@/components/Pager";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { OrderResponse } from "@/lib/api/client.generated";
import { scrollBehavior } from "@/lib/scrollBehavior";
import { useUploader } from "../uploads/UploaderContext";
import { useDocumentRows } from "../useDocumentRows";
import { useLaterDocuments } from "../useLaterDocuments";
import { DocumentRow } from "./DocumentRow";
import { FailedUploads } from "./FailedUploads";
import { FilePicker } from "./FilePicker";
import { FilesProgress } from "./FilesProgress";
import { OverflowNotice } from "./OverflowNotice";
import { PageDropTarget } from "./PageDropTarget";
import { UploadRow } from "./UploadRow";

const ROWS_PER_PAGE = 50;

/** The documents of an order, the uploads in progress, and, while the order is pending, the ways to add files. */
export function DocumentsPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const rows = useDocumentRows(order);
  const { documentCount, uploads, uploadsByDocument, counts, freeSlots } = rows;
  const isPending = order.status === "pending";

  function addFiles(selected: File[]) {
    if (selected.length === 0) return;
    const count = uploader.add(order.id, selected, freeSlots);
    if (count > 0) announce(t("uploads.added", { count }));
  }

  const unreadCount = counts.total - counts.read - counts.unreadable;
  const previousUnreadCount = useRef(unreadCount);
  useEffect(() => {
    if (previousUnreadCount.current > 0 && unreadCount === 0) announce(t("documents.allRead"));
    previousUnreadCount.current = unreadCount;
  }, [unreadCount, t]);

  const rowCount = documentCount + uploads.length;
  const [selectedPage, setPage] = useState(0);
  const page = Math.min(selectedPage, Math.max(0, Math.ceil(rowCount / ROWS_PER_PAGE) - 1));
  const first = page * ROWS_PER_PAGE;
  const end = first + ROWS_PER_PAGE;
  const later = useLaterDocuments(order, Math.min(end, documentCount));
  const list = useRef<HTMLUListElement>(null);
  function showPage(selected: number) {
    setPage(selected);
    list.current?.scrollIntoView({ behavior: scrollBehavior(), block: "start" });
  }
  const documents = [...rows.documents, ...later.documents].slice(first, end);

  return (
    <section className="card stack" aria-labelledby="documents">
      <h2 id="documents">{t("documents.title")}</h2>
      {isPending && (
        <>
          <PageDropTarget onFiles={addFiles} />
          <FilePicker onFiles={addFiles} />
          <OverflowNotice order={order} freeSlots={freeSlots} />
        </>
      )}
      <FilesProgress orderId={order.id} counts={counts} />
      <FailedUploads uploads={rows.failedUploads} />
      {rowCount > 0 && (
        <ul className="plain-list document-list" ref={list}>
          {documents.map((document) => {
            const upload = uploadsByDocument.get(document.id);
            const isSent = upload?.status === "sent";
            return upload && !isSent && document.status === "awaiting_upload" ? (
              <UploadRow key={document.id} upload={upload} />
            ) : (
              <DocumentRow key={document.id} document={document} isUploaded={isSent} removable={isPending} />
            );
          })}
          {uploads
            .slice(Math.max(0, first - documentCount), Math.max(0, end - documentCount))
            .map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
        </ul>
      )}
      {later.loading && <span className="skeleton list" role="status" aria-label={t("documents.loading")} />}
      <ProblemAlert problem={later.error} onRetry={later.retry} />
      <Pager
        label={t("documents.title")}
        page={page}
        pageSize={ROWS_PER_PAGE}
        count={rowCount}
        onPage={showPage}
      />
      {!isPending && documentCount === 0 && <p className="muted">{t("documents.none")}</p>}
    </section>
  );
}
