import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import type { CodeParams } from "@/lib/codeMessage";
import { formatNumber, formatTimeUntil } from "@/lib/format";
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
    const siteKey = [`${code}_${params.context}`, code].find((key) => i18n.exists(`problem.${key}`));
    const when = retryAt ? formatTimeUntil(retryAt) : t("later");
    if (siteKey) return t(`problem.${siteKey}` as "problem.unexpected", { ...withNumbers(params), when });
    const fallback = message || t(status >= 500 ? "problem.server" : "problem.unexpected");
    return codeMessage("error", { code, params, fallback });
  };
}

function withNumbers(params: CodeParams): CodeParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === "number" ? formatNumber(value) : value,
    ]),
  );
}
