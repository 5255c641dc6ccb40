import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { AnalysisResultResponse } from "@/lib/api/client.generated";

interface Props {
  result: AnalysisResultResponse;
  filenameOf: (documentId: string) => string;
}

/** What to know before relying on the result: unreadable documents, contradictions and duplicates. */
export function ResultNotices({ result, filenameOf }: Props) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const { unreadable = [], contradictions = [], duplicates = [] } = result;
  return (
    <>
      {unreadable.map(({ document_id, filename, code, params, reason }) => (
        <Notice key={document_id} severity="warning">
          {t("unreadable", {
            name: filename,
            reason: codeMessage("document", { code, params, fallback: reason ?? "" }),
          })}
        </Notice>
      ))}
      {contradictions.map(({ code, params, text, document_ids }) => (
        <Notice key={code + text} severity="warning">
          {codeMessage("contradiction", { code, params, fallback: text })}{" "}
          <span className="muted small">{document_ids.map(filenameOf).join(", ")}</span>
        </Notice>
      ))}
      {duplicates.map(({ because, document_ids }) => (
        <Notice key={document_ids.join()} severity="info">
          {t(`duplicate.${because}`, { names: document_ids.map(filenameOf).join(", ") })}
        </Notice>
      ))}
    </>
  );
}
