import Typography from "@mui/material/Typography";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { DocumentResponse, DocumentStatus } from "@/lib/api/client.generated";
import { statusReason } from "@/lib/api/statusReason";
import { documentName } from "@/lib/documentName";
import { formatBytes, languageName } from "@/lib/format";
import { headlineIn } from "@/lib/headline";
import { useDocumentsDeleteMutation } from "../api/deleteDocument";
import { useDownload } from "../useDownload";
import { CopyNote } from "./CopyNote";
import { DuplicateNote } from "./DuplicateNote";
import { FileRow } from "./FileRow";
import { RenameDocument } from "./RenameDocument";
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
  renamable: boolean;
  /** The name of another document of the order with the same file; null: none. */
  copyOf: string | null;
  /** Null: the row cannot be chosen. */
  isChosen: boolean | null;
  onToggle: (key: string) => void;
}

/** A document of the order: name, status, properties, warnings, and the buttons for it. */
export const DocumentRow = memo(function DocumentRow(props: Props) {
  const { document, isUploaded, removable, renamable, copyOf, isChosen, onToggle } = props;
  const { t, i18n } = useTranslation("orders");
  const codeMessage = useCodeMessage();
  const { id, filename, status } = document;
  const name = documentName(document);
  // The cache key keeps the error of a row that was removed at once and came back.
  const [removeDocument, removal] = useDocumentsDeleteMutation({ fixedCacheKey: id });
  const original = useDownload(id);
  const isErased = document.status_reason_code === "erased_after_cancellation";
  const shownStatus = status === "awaiting_upload" && isUploaded ? "reading" : status;

  const documentCount = document.document_count ?? 1;
  const kind = document.kind && i18n.exists(`orders:kinds.${document.kind}`) ? document.kind : null;
  const kindName = kind && t(`kinds.${kind}` as "kinds.other");
  const headline = headlineIn(kindName ?? "", document);
  const properties = [
    formatBytes(document.size),
    document.page_count ? t("documents.pages", { count: document.page_count }) : null,
    documentCount > 1 ? t("documents.count", { count: documentCount }) : null,
    documentCount === 1 || kind !== "other" ? kindName : null,
    document.language ? languageName(document.language) : null,
  ];

  return (
    <FileRow
      filename={filename}
      name={name}
      nameAction={renamable && <RenameDocument document={document} />}
      choice={isChosen === null ? null : { isChosen, onToggle: () => onToggle(id) }}
      lines={
        <>
          {name !== filename && (
            <Muted small component="span" className="wrap">
              {filename}
            </Muted>
          )}
          <Inline component="span" sx={{ typography: "body2", color: "text.secondary" }}>
            <Badge color={COLORS[shownStatus]}>{t(`documents.status.${shownStatus}`)}</Badge>
            {properties.filter(Boolean).join(" · ")}
          </Inline>
          {headline && (
            <Typography variant="body2" component="span" className="wrap">
              {headline}
            </Typography>
          )}
          {document.warnings.map(({ code, params = {}, text }) => (
            <Typography
              variant="body2"
              component="span"
              color="warning"
              className="wrap"
              key={`${code} ${text}`}
            >
              {codeMessage("warning", { code, params, fallback: text })}
            </Typography>
          ))}
          {document.duplicate_of && <DuplicateNote duplicateOf={document.duplicate_of} />}
          {copyOf !== null && <CopyNote filename={copyOf} isCharged={status === "ready"} />}
          {isErased && (
            <Typography variant="body2" component="span" className="wrap">
              {codeMessage("document", statusReason(document))}
            </Typography>
          )}
          {status === "unreadable" && !isErased && (
            <Typography variant="body2" component="span" color="error" className="wrap">
              {codeMessage("document", statusReason(document)) || t("documents.noReason")}{" "}
              {t("documents.notCharged")}
            </Typography>
          )}
          {status === "unreadable" && !isErased && (
            <div>
              <RetryReadingButton document={document} />
            </div>
          )}
        </>
      }
      actions={
        <>
          {status !== "awaiting_upload" && !isErased && (
            <Button
              size="small"
              busy={original.busy}
              onClick={original.download}
              aria-label={t("documents.downloadName", { name })}
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
              aria-label={t("documents.removeName", { name })}
            >
              {t("documents.remove")}
            </Button>
          )}
        </>
      }
    >
      {shownStatus === "awaiting_upload" && removable && <ResumeUpload document={document} />}
      {(removal.error || original.error) && <ProblemAlert problem={removal.error ?? original.error} />}
    </FileRow>
  );
});
