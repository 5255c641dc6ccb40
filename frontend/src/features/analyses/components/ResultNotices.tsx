import Link from "@mui/material/Link";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { PlainList } from "@/components/PlainList";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { AnalysisResultResponse, DocumentOfFileResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { usePrinting } from "@/lib/usePrinting";
import type { Select } from "../selection";

interface Props {
  result: AnalysisResultResponse;
  documentNameOf: (documentId: string) => string;
  onSelect: Select;
}

interface ResultNotice {
  key: string;
  severity: "warning" | "info";
  content: ReactNode;
}

/**
 * What to know before relying on the result: unreadable documents, contradictions and duplicates. Several are one line
 * that opens: an order of hundreds of files has dozens, and the workspace below them has to be in reach.
 */
export function ResultNotices({ result, documentNameOf, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const [isOpen, setIsOpen] = useState(false);
  const isPrinting = usePrinting();
  const codeMessage = useCodeMessage();
  const { unreadable = [], contradictions = [], duplicates = [] } = result;
  const nameOf = ({ document_id, page }: DocumentOfFileResponse) =>
    page === null
      ? documentNameOf(document_id)
      : t("segment.ofFile", { name: documentNameOf(document_id), page });
  const names = (documents: DocumentOfFileResponse[]) => documents.map(nameOf).join(", ");
  const documentLink = ({ document_id, page }: DocumentOfFileResponse) => {
    const name = nameOf({ document_id, page });
    const isListed = result.documents.some((document) => document.document_id === document_id);
    return isListed ? (
      <Link component="button" type="button" onClick={() => onSelect({ documentId: document_id, page })}>
        {name}
      </Link>
    ) : (
      name
    );
  };
  const notices: ResultNotice[] = [
    ...unreadable.map(({ document_id, filename, title, code, params, reason }) => ({
      key: document_id,
      severity: "warning" as const,
      content: t("unreadable", {
        name: documentName({ title, filename }),
        reason: codeMessage("document", { code, params, fallback: reason ?? "" }),
      }),
    })),
    ...contradictions.map(({ code, params, text, documents }) => ({
      key: code + text + names(documents),
      severity: "warning" as const,
      content: (
        <>
          {codeMessage("contradiction", { code, params, fallback: text })}{" "}
          {documents.map((document, at) => (
            <Fragment key={nameOf(document)}>
              {at > 0 && ", "}
              {documentLink(document)}
            </Fragment>
          ))}
        </>
      ),
    })),
    ...duplicates.map(({ because, documents }) => ({
      key: names(documents),
      severity: "info" as const,
      content: t(`duplicate.${because}`, { names: names(documents) }),
    })),
  ];
  const [only] = notices;
  if (!only) return null;
  if (notices.length === 1) return <Notice severity={only.severity}>{only.content}</Notice>;
  const copyCount = duplicates.reduce((sum, { documents }) => sum + documents.length - 1, 0);
  const summary = [
    unreadable.length > 0 && t("notices.unreadable", { count: unreadable.length }),
    contradictions.length > 0 && t("notices.contradictions", { count: contradictions.length }),
    copyCount > 0 && t("notices.copies", { count: copyCount }),
  ];
  return (
    <Notice severity={only.severity}>
      <details open={isOpen || isPrinting} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{summary.filter(Boolean).join(" · ")}</summary>
        <PlainList spacing={1} sx={{ mt: 1 }}>
          {notices.map(({ key, content }) => (
            <li key={key}>{content}</li>
          ))}
        </PlainList>
      </details>
    </Notice>
  );
}
