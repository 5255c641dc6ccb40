import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import type { OrderResponse } from "@/lib/api/client.generated";
import { useUploader } from "../uploads/UploaderContext";
import { useDocumentRows } from "../useDocumentRows";
import { DocumentRow } from "./DocumentRow";
import { FilePicker } from "./FilePicker";
import { OverflowNotice } from "./OverflowNotice";
import { PageDropTarget } from "./PageDropTarget";
import { UploadRow } from "./UploadRow";

/** The documents of an order, the uploads in progress, and, while the order is pending, the ways to add files. */
export function DocumentsPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const { documents, uploads, uploadedIds, freeSlots } = useDocumentRows(order);
  const isPending = order.status === "pending";

  function addFiles(selected: File[]) {
    if (selected.length === 0) return;
    const count = uploader.add(order.id, selected, freeSlots);
    if (count > 0) announce(t("uploads.added", { count }));
  }

  const unreadCount = documents.filter(({ status }) => status === "reading").length + uploads.length;
  const previousUnreadCount = useRef(unreadCount);
  useEffect(() => {
    if (previousUnreadCount.current > 0 && unreadCount === 0) announce(t("documents.allRead"));
    previousUnreadCount.current = unreadCount;
  }, [unreadCount, t]);

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
      {documents.length + uploads.length > 0 && (
        <ul className="plain-list">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              isUploaded={uploadedIds.has(document.id)}
              removable={isPending}
            />
          ))}
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {!isPending && documents.length === 0 && <p className="muted">{t("documents.none")}</p>}
    </section>
  );
}
