import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import { formatTimeUntil } from "@/lib/format";
import { useCodeMessage } from "./useCodeMessage";

/**
 * The message of a failed request in the current language. `common:problem` holds the site's own codes, and wording of
 * its own for codes whose shared message addresses programs. A limit says when the request can be repeated.
 */
export function useProblemMessage(): (problem: unknown) => string {
  const { t, i18n } = useTranslation();
  const codeMessage = useCodeMessage();
  return (problem) => {
    if (!isProblem(problem)) return t("problem.unexpected");
    const { code, params, message, status, retryAt } = problem;
    const own = [`${code}_${params.context}`, code].find((key) => i18n.exists(`problem.${key}`));
    const when = retryAt ? formatTimeUntil(retryAt) : t("later");
    if (own) return t(`problem.${own}` as "problem.unexpected", { ...params, when });
    const fallback = message || t(status >= 500 ? "problem.server" : "problem.unexpected");
    return codeMessage("error", { code, params, fallback });
  };
}
