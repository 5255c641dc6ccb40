import { type ChangeEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { useShortcut } from "@/components/shortcuts";
import type { OrderView } from "@/lib/api/client.generated";
import { ACCEPT, LIMITS } from "../uploads/fileRules";
import { useUploader } from "../uploads/UploaderContext";
import { useDocumentRows } from "../useDocumentRows";
import { DocumentRow } from "./DocumentRow";
import { OverflowNotice } from "./OverflowNotice";
import { PageDropTarget } from "./PageDropTarget";
import { UploadRow } from "./UploadRow";

/** An order's documents: those the service has, those on their way, and the ways to add more. */
export function DocumentsPanel({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { documents, uploads, arrived, freeSlots } = useDocumentRows(order);
  const open = order.status === "pending";

  function add(files: File[]) {
    if (files.length === 0) return;
    const count = uploader.add(order.id, files, freeSlots);
    if (count > 0) announce(t("uploads.added", { count }));
  }

  function chosen(event: ChangeEvent<HTMLInputElement>) {
    add([...(event.target.files ?? [])]);
    event.target.value = "";
  }

  const waiting = documents.filter(({ status }) => status === "reading").length + uploads.length;
  const before = useRef(waiting);
  useEffect(() => {
    if (before.current > 0 && waiting === 0) announce(t("documents.allRead"));
    before.current = waiting;
  }, [waiting, t]);

  useShortcut("u", t("documents.choose"), () => input.current?.click(), open);

  return (
    <section className="card stack" aria-labelledby="documents">
      <h2 id="documents">{t("documents.title")}</h2>
      {open && (
        <>
          <PageDropTarget onFiles={add} />
          <div className="dropzone stack tight">
            <p className="mouse-only">{t("documents.drop")}</p>
            <p className="muted small">{t("documents.limits", LIMITS)}</p>
            <div className="row middle">
              <Button variant="outlined" icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
                {t("documents.choose")}
              </Button>
              <Button className="mouse-only" onClick={() => folder.current?.click()}>
                {t("documents.chooseFolder")}
              </Button>
            </div>
            <input
              ref={input}
              hidden
              multiple
              type="file"
              accept={ACCEPT}
              aria-label={t("documents.choose")}
              data-testid="files"
              onChange={chosen}
            />
            <input
              ref={(element) => {
                folder.current = element;
                if (element) element.webkitdirectory = true;
              }}
              hidden
              multiple
              type="file"
              aria-label={t("documents.chooseFolder")}
              data-testid="folder"
              onChange={chosen}
            />
          </div>
          <OverflowNotice order={order} freeSlots={freeSlots} />
        </>
      )}
      {documents.length + uploads.length > 0 && (
        <ul className="plain-list">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              arrived={arrived.has(document.id)}
              removable={open}
            />
          ))}
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {!open && documents.length === 0 && <p className="muted">{t("documents.none")}</p>}
    </section>
  );
}
