import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import { Button } from "./Button";
import { Notice } from "./Notice";

interface Props {
  problem: unknown;
  onRetry?: () => void;
}

/** What went wrong, in the reader's language where it is known, with the request's number for support. */
export function useProblemText(): (problem: unknown) => string {
  const { t, i18n } = useTranslation();
  return (problem) => {
    if (!isProblem(problem)) return t("problem.unexpected");
    if (i18n.exists(`problem.${problem.code}`)) return t(`problem.${problem.code}` as "problem.unexpected");
    return problem.message || t(problem.status >= 500 ? "problem.server" : "problem.unexpected");
  };
}

export function ProblemAlert({ problem, onRetry }: Props) {
  return problem ? <Problem problem={problem} onRetry={onRetry} /> : null;
}

function Problem({ problem, onRetry }: Props) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const requestId = isProblem(problem) && problem.status >= 500 ? problem.requestId : null;
  return (
    <Notice
      severity="error"
      action={
        onRetry && (
          <Button size="small" color="neutral" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      {textOf(problem)}
      {requestId && <span className="small"> {t("problem.number", { id: requestId })}</span>}
    </Notice>
  );
}
