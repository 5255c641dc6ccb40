import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { useShortcut } from "@/components/shortcuts";
import type { OrderView } from "@/lib/api/client.generated";
import { ACCEPT, MAX_DOCUMENTS } from "../uploads/accept";
import { useUploader } from "../uploads/context";
import { selectUploads } from "../uploads/slice";
import { DocumentRow } from "./DocumentRow";
import { DropAnywhere } from "./DropAnywhere";
import { UploadRow } from "./UploadRow";

const GOING = new Set(["waiting", "preparing", "sending"]);

/** An order's documents: those the service has, those on their way, and the ways to add more. */
export function Documents({ order }: { order: OrderView }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const input = useRef<HTMLInputElement>(null);
  const mine = Object.values(useSelector(selectUploads)).filter((upload) => upload.orderId === order.id);
  const open = order.status === "pending";

  const busy = new Map(
    mine.filter((upload) => upload.documentId).map((upload) => [upload.documentId, upload]),
  );
  const documents = order.documents.filter(({ id, status }) => {
    const upload = busy.get(id);
    return status !== "awaiting_upload" || !upload || upload.status === "sent";
  });
  const known = new Set(documents.map(({ id }) => id));
  const uploads = mine.filter(
    ({ status, documentId }) => status !== "sent" && !(documentId && known.has(documentId)),
  );
  const going = uploads.filter(({ status, documentId }) => GOING.has(status) && !documentId).length;

  function add(files: File[]) {
    if (files.length === 0) return;
    uploader.add(order.id, files, MAX_DOCUMENTS - order.documents.length - going);
    announce(t("uploads.added", { count: files.length }));
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
          <DropAnywhere onFiles={add} />
          <div className="dropzone stack tight">
            <p className="by-mouse">{t("documents.drop")}</p>
            <p className="soft small">{t("documents.limits")}</p>
            <div>
              <Button look="outlined" icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
                {t("documents.choose")}
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
              onChange={(event) => {
                add([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
          </div>
        </>
      )}
      {documents.length + uploads.length > 0 && (
        <ul className="plain">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              arrived={busy.get(document.id)?.status === "sent"}
              removable={open}
            />
          ))}
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {!open && documents.length === 0 && <p className="soft">{t("documents.none")}</p>}
    </section>
  );
}
