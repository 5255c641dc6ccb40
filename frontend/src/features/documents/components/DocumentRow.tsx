import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { DocumentResponse, DocumentStatus } from "@/lib/api/client.generated";
import { statusReason } from "@/lib/api/statusReason";
import { formatBytes, languageName } from "@/lib/format";
import { useDocumentsDeleteMutation } from "../api/deleteDocument";
import { useDownload } from "../useDownload";
import { DuplicateNote } from "./DuplicateNote";
import { FileTypeIcon } from "./FileTypeIcon";
import { ResumeUpload } from "./ResumeUpload";
import { RetryReadingButton } from "./RetryReadingButton";

const COLORS: Record<DocumentStatus, BadgeColor> = {
  awaiting_upload: "warning",
  reading: "info",
  ready: "success",
  unreadable: "error",
};

interface Props {
  document: DocumentResponse;
  /** The file is in the bucket although the API does not know it yet. */
  isUploaded: boolean;
  removable: boolean;
}

/** A document of the order: name, status, properties, warnings, and the buttons for it. */
export const DocumentRow = memo(function DocumentRow({ document, isUploaded, removable }: Props) {
  const { t, i18n } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const { id, filename, status } = document;
  // The cache key keeps the error of a row that was removed at once and came back.
  const [removeDocument, removal] = useDocumentsDeleteMutation({ fixedCacheKey: id });
  const original = useDownload(id);
  const shownStatus = status === "awaiting_upload" && isUploaded ? "reading" : status;

  const documentCount = document.document_count ?? 1;
  const kind = document.kind && i18n.exists(`orders:kinds.${document.kind}`) ? document.kind : null;
  const properties = [
    formatBytes(document.size),
    document.page_count ? t("documents.pages", { count: document.page_count }) : null,
    documentCount > 1 ? t("documents.count", { count: documentCount }) : null,
    kind && (documentCount === 1 || kind !== "other") ? t(`kinds.${kind}` as "kinds.other") : null,
    document.language ? languageName(document.language) : null,
  ];

  return (
    <li className="document">
      <FileTypeIcon filename={filename} />
      <div className="stack tight">
        <span className="wrap">{filename}</span>
        <span className="row small muted">
          <Badge color={COLORS[shownStatus]}>{t(`documents.status.${shownStatus}`)}</Badge>
          {properties.filter(Boolean).join(" · ")}
        </span>
        {document.headline && <span className="small wrap">{document.headline}</span>}
        {document.warnings.map(({ code, params = {}, text }) => (
          <span key={`${code} ${text}`} className="small text-warning wrap">
            {codeMessage("warning", { code, params, fallback: text })}
          </span>
        ))}
        {document.duplicate_of && <DuplicateNote duplicateOf={document.duplicate_of} />}
        {status === "unreadable" && (
          <span className="small text-error wrap">
            {codeMessage("document", statusReason(document)) || t("documents.noReason")}{" "}
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
            busy={removal.isLoading}
            onClick={() => void removeDocument({ documentId: id })}
            aria-label={t("documents.removeName", { name: filename })}
          >
            {t("documents.remove")}
          </Button>
        )}
      </div>
      {shownStatus === "awaiting_upload" && removable && <ResumeUpload document={document} />}
      {(removal.error || original.error) && (
        <div className="wide">
          <ProblemAlert problem={removal.error ?? original.error} />
        </div>
      )}
    </li>
  );
});
