import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/lib/api/problem";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { useProblemMessage } from "./useProblemMessage";

interface Props {
  /** The error of a request; nothing is shown without one. */
  problem: unknown;
  onRetry?: () => void;
}

/** The message of a failed request, with the request id where support may need it. */
export function ProblemAlert({ problem, onRetry }: Props) {
  const { t } = useTranslation();
  const problemMessage = useProblemMessage();
  if (!problem) return null;
  const requestId = isProblem(problem) && problem.status >= 500 ? problem.requestId : null;
  const retry = onRetry && (
    <Button size="small" color="neutral" onClick={onRetry}>
      {t("retry")}
    </Button>
  );
  return (
    <Notice severity="error" action={retry}>
      {problemMessage(problem)}
      {requestId && (
        <Typography variant="body2" component="span">
          {" "}
          {t("problem.number", { id: requestId })}
        </Typography>
      )}
    </Notice>
  );
}
