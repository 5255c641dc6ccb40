import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useAuthEndOtherSessionsMutation } from "../api/endOtherSessions";

/** Ends all sessions but this one, after a question. `isAlone`: there is no other. */
export function EndOthersCard({ isAlone }: { isAlone: boolean }) {
  const { t } = useTranslation("sessions");
  const [isAsking, setAsking] = useState(false);
  const [endOthers, { isLoading, isSuccess, error }] = useAuthEndOtherSessionsMutation();

  const { run, dialog } = useReauthentication();

  async function confirm() {
    const result = await endOthers();
    if (result.data || needsReauthentication(result.error)) setAsking(false);
    return result;
  }

  return (
    <section className="card stack">
      {isSuccess && isAlone && <Notice severity="success">{t("othersEnded")}</Notice>}
      {isAlone ? (
        <p className="muted">{t("alone")}</p>
      ) : (
        <div className="row between">
          <p className="muted grow">{t("endOthersText")}</p>
          <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
            {t("endOthers")}
          </Button>
        </div>
      )}
      {isAsking && (
        <Modal
          title={t("confirm.title")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button color="neutral" onClick={() => setAsking(false)} autoFocus>
                {t("confirm.keep")}
              </Button>
              <Button color="error" variant="contained" busy={isLoading} onClick={() => void run(confirm)}>
                {t("endOthers")}
              </Button>
            </>
          }
        >
          <div className="stack">
            <p>{t("confirm.text")}</p>
            <ProblemAlert problem={error} />
          </div>
        </Modal>
      )}
      {dialog}
    </section>
  );
}
