import Typography from "@mui/material/Typography";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { hasUnreadDocuments } from "@/features/orders/orderState";
import type { OrderResponse } from "@/lib/api/client.generated";
import { AS_ADDED, isArranged } from "../arrangeRows";
import { findDuplicates } from "../duplicates";
import { useUploader } from "../uploads/UploaderContext";
import { useDocumentRows } from "../useDocumentRows";
import { DocumentList } from "./DocumentList";
import { FailedUploads } from "./FailedUploads";
import { FilePicker } from "./FilePicker";
import { FilesProgress } from "./FilesProgress";
import { OverflowNotice } from "./OverflowNotice";

/** The documents of an order, the uploads in progress, and, while documents can change, the ways to add files. */
export function DocumentsPanel({ order }: { order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const [arrangement, arrange] = useState(AS_ADDED);
  const isChangeable = order.status === "pending" && !order.is_sample;
  // Duplicates are named wherever they stand, and paper has every row. A list that is being read changes too often.
  const list = useDocumentRows(order, { all: !hasUnreadDocuments(order) || isArranged(arrangement) });
  const { rows, uploads, counts, freeSlots, later } = list;

  function addFiles(selected: File[]) {
    if (selected.length === 0) return;
    const count = uploader.add(order.id, selected, freeSlots);
    if (count > 0) announce(t("uploads.added", { count }));
  }

  const heading = useRef<HTMLHeadingElement>(null);
  const focusHeading = useCallback(() => heading.current?.focus(), []);

  const unreadCount = counts.total - counts.read - counts.unreadable;
  const previousUnreadCount = useRef(unreadCount);
  useEffect(() => {
    if (previousUnreadCount.current > 0 && unreadCount === 0) announce(t("documents.allRead"));
    previousUnreadCount.current = unreadCount;
  }, [unreadCount, t]);

  return (
    <Panel aria-labelledby="documents">
      <Typography variant="h2" id="documents" ref={heading} tabIndex={-1}>
        {t("documents.title")}
      </Typography>
      {isChangeable && (
        <>
          <FilePicker onFiles={addFiles} />
          <OverflowNotice order={order} freeSlots={freeSlots} />
        </>
      )}
      <FilesProgress orderId={order.id} counts={counts} uploads={uploads} />
      <FailedUploads uploads={uploads} />
      <DocumentList
        rows={rows}
        duplicates={findDuplicates(rows)}
        removable={isChangeable}
        renamable={!order.is_sample}
        areUploaded={order.status === "pending" && order.is_sample}
        arrangement={arrangement}
        onArrange={arrange}
        onShown={list.load}
        onFocusLost={focusHeading}
      />
      {later.loading && (
        <Muted small role="status">
          {t("documents.loading")}
        </Muted>
      )}
      <ProblemAlert problem={later.error} onRetry={later.retry} />
      {!isChangeable && order.document_count === 0 && <Muted>{t("documents.none")}</Muted>}
    </Panel>
  );
}
