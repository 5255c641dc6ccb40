import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Badge, type BadgeColor } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Progress } from "@/components/Progress";
import { useServerText } from "@/components/translateServerText";
import { useAnalysesCreateMutation } from "@/features/analyses/api";
import type { DocumentStatus, DocumentView } from "@/lib/api/client.generated";
import { formatBytes, languageName } from "@/lib/format";
import { useDocumentsDeleteMutation } from "../api";
import { ACCEPT } from "../uploads/fileRules";
import { sha256 } from "../uploads/hash";
import { useUploader } from "../uploads/UploaderContext";
import { useDownload } from "../useDownload";
import { FileTypeIcon } from "./FileTypeIcon";

const COLORS: Record<DocumentStatus, BadgeColor> = {
  awaiting_upload: "warning",
  reading: "info",
  ready: "success",
  unreadable: "error",
};

interface Props {
  document: DocumentView;
  /** The file has arrived in the bucket; only the service has not noticed yet. */
  arrived: boolean;
  removable: boolean;
}

export function DocumentRow({ document, arrived, removable }: Props) {
  const { t, i18n } = useTranslation("orders");
  const said = useServerText();
  const { id, filename, status } = document;
  // Kept under the document's name: a row that is taken out at once, and comes back, still says why.
  const [remove, removing] = useDocumentsDeleteMutation({ fixedCacheKey: id });
  const original = useDownload(id);
  const shownStatus = status === "awaiting_upload" && arrived ? "reading" : status;

  const kind = document.kind && i18n.exists(`orders:kinds.${document.kind}`) ? document.kind : null;
  const facts = [
    formatBytes(document.size),
    document.page_count ? t("documents.pages", { count: document.page_count }) : null,
    kind ? t(`kinds.${kind}` as "kinds.other") : null,
    document.language ? languageName(document.language) : null,
  ];

  return (
    <li className="document">
      <FileTypeIcon filename={filename} />
      <div className="stack tight">
        <span className="wrap">{filename}</span>
        <span className="row small muted">
          <Badge color={COLORS[shownStatus]}>{t(`documents.status.${shownStatus}`)}</Badge>
          {facts.filter(Boolean).join(" · ")}
        </span>
        {document.headline && <span className="small wrap">{document.headline}</span>}
        {document.warnings.map(({ code, text }) => (
          <span key={code} className="small text-warning wrap">
            {said(text)}
          </span>
        ))}
        {status === "unreadable" && (
          <span className="small text-error wrap">
            {document.status_reason ? said(document.status_reason) : t("documents.noReason")}{" "}
            {t("documents.notCharged")}
          </span>
        )}
      </div>
      <div className="row actions">
        {status === "unreadable" && <RetryReadingButton document={document} />}
        {status !== "awaiting_upload" && (
          <Button
            size="small"
            busy={original.busy}
            onClick={original.download}
            aria-label={t("documents.downloadName", { name: filename })}
          >
            {t("documents.download")}
          </Button>
        )}
        {removable && (
          <Button
            size="small"
            color="neutral"
            busy={removing.isLoading}
            onClick={() => void remove({ documentId: id })}
            aria-label={t("documents.removeName", { name: filename })}
          >
            {t("documents.remove")}
          </Button>
        )}
      </div>
      {shownStatus === "reading" && <Progress label={t("documents.status.reading")} />}
      {shownStatus === "awaiting_upload" && removable && <Resume document={document} />}
      {(removing.error || original.error) && (
        <div className="wide">
          <ProblemAlert problem={removing.error ?? original.error} />
        </div>
      )}
    </li>
  );
}

/** Another attempt at a document that could not be read: some fail for reasons that pass. */
function RetryReadingButton({ document: { id, order_id, filename } }: { document: DocumentView }) {
  const { t } = useTranslation("orders");
  const [begin, { data, isLoading, isSuccess }] = useAnalysesCreateMutation();
  const still = isSuccess && data.result.unreadable?.some(({ document_id }) => document_id === id);

  useEffect(() => {
    if (still) announce(t("documents.stillUnreadable"));
  }, [still, t]);

  if (still) return <span className="small muted">{t("documents.stillUnreadable")}</span>;
  return (
    <Button
      size="small"
      busy={isLoading}
      onClick={() => void begin({ orderId: order_id, analysisWanted: {} })}
      aria-label={t("documents.againName", { name: filename })}
    >
      {t("documents.again")}
    </Button>
  );
}

/** An upload that was cut off: the same file, chosen again, goes on in the same place. */
function Resume({ document }: { document: DocumentView }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const input = useRef<HTMLInputElement>(null);
  const [other, setOther] = useState(false);

  async function chosen(file: File | undefined) {
    if (!file) return;
    // Where the digest cannot be had, the upload itself says why.
    const digest = document.sha256 && (await sha256(file).catch(() => document.sha256));
    const same = file.size === document.size && digest === document.sha256;
    setOther(!same);
    if (same) uploader.resume(document.order_id, document.id, file);
  }

  return (
    <div className="wide row small">
      <span className={other ? "text-error" : "muted"}>
        {t(other ? "documents.otherFile" : "documents.cutOff")}
      </span>
      <Button size="small" variant="outlined" onClick={() => input.current?.click()}>
        {t("documents.chooseAgain")}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept={ACCEPT}
        aria-label={t("documents.chooseAgain")}
        onChange={(event) => {
          void chosen(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
