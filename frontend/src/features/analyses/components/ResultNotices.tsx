import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { AnalysisResultResponse, DocumentOfFileResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";

interface Props {
  result: AnalysisResultResponse;
  documentNameOf: (documentId: string) => string;
}

/** What to know before relying on the result: unreadable documents, contradictions and duplicates. */
export function ResultNotices({ result, documentNameOf }: Props) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const { unreadable = [], contradictions = [], duplicates = [] } = result;
  const names = (documents: DocumentOfFileResponse[]) =>
    documents
      .map(({ document_id, page }) =>
        page === null
          ? documentNameOf(document_id)
          : t("segment.ofFile", { name: documentNameOf(document_id), page }),
      )
      .join(", ");
  return (
    <>
      {unreadable.map(({ document_id, filename, title, code, params, reason }) => (
        <Notice key={document_id} severity="warning">
          {t("unreadable", {
            name: documentName({ title, filename }),
            reason: codeMessage("document", { code, params, fallback: reason ?? "" }),
          })}
        </Notice>
      ))}
      {contradictions.map(({ code, params, text, documents }) => (
        <Notice key={code + text + names(documents)} severity="warning">
          {codeMessage("contradiction", { code, params, fallback: text })}{" "}
          <Muted small component="span">
            {names(documents)}
          </Muted>
        </Notice>
      ))}
      {duplicates.map(({ because, documents }) => (
        <Notice key={names(documents)} severity="info">
          {t(`duplicate.${because}`, { names: names(documents) })}
        </Notice>
      ))}
    </>
  );
}
