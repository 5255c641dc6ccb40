import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import { useCodeMessage } from "@/components/useCodeMessage";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";

/** What was not read of a file, and how well the rest was. */
export const DocumentNotices = memo(function DocumentNotices({
  reading: { warnings = [], unread = [] },
}: {
  reading: DocumentAnalysisResponse;
}) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const notices = [
    ...warnings.map(({ code, params = {}, text }) =>
      codeMessage("warning", { code, params, fallback: text }),
    ),
    ...unread.map(({ page, code, params, reason }) => {
      const message = codeMessage("document", { code, params, fallback: reason });
      return page ? t("unread", { page, reason: message }) : message;
    }),
  ];
  return notices.map((text) => (
    <Notice key={text} severity="warning">
      {text}
    </Notice>
  ));
});
