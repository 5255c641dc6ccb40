import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import { useCodeMessage } from "./useCodeMessage";

/**
 * The message of a failed request in the current language. `common:problem` holds the site's own codes, and wording of
 * its own for codes whose shared message addresses programs.
 */
export function useProblemMessage(): (problem: unknown) => string {
  const { t, i18n } = useTranslation();
  const codeMessage = useCodeMessage();
  return (problem) => {
    if (!isProblem(problem)) return t("problem.unexpected");
    const { code, params, message, status } = problem;
    if (i18n.exists(`problem.${code}`)) return t(`problem.${code}` as "problem.unexpected");
    const fallback = message || t(status >= 500 ? "problem.server" : "problem.unexpected");
    return codeMessage("error", { code, params, fallback });
  };
}
