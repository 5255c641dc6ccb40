import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useExportsRequestMutation } from "../api/export";

/** The button that has an archive made. `isAgain`: there is one, or there was. */
export function RequestExport({ isAgain }: { isAgain: boolean }) {
  const { t } = useTranslation("exports");
  const [request, { isLoading, error }] = useExportsRequestMutation();
  const { run, dialog } = useReauthentication();
  return (
    <>
      <ProblemAlert problem={needsReauthentication(error) ? undefined : error} />
      <div>
        <Button
          variant={isAgain ? "outlined" : "contained"}
          busy={isLoading}
          onClick={() => void run(() => request())}
        >
          {t(isAgain ? "requestAgain" : "request")}
        </Button>
      </div>
      {dialog}
    </>
  );
}
