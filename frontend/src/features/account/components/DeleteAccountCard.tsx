import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useAccountDeleteMutation } from "../api/deleteAccount";

/** Deletes the account, after a question that says what is lost. */
export function DeleteAccountCard() {
  const { t } = useTranslation("account");
  const [isAsked, setAsked] = useState(false);
  const [deleteMe, { isLoading, error }] = useAccountDeleteMutation();
  const { run, dialog } = useReauthentication();

  function confirm() {
    setAsked(false);
    void run(() => deleteMe());
  }

  return (
    <Panel aria-labelledby="delete-account">
      <Typography variant="h2" id="delete-account">
        {t("deletion.title")}
      </Typography>
      <Muted>{t("deletion.intro")}</Muted>
      <ProblemAlert problem={needsReauthentication(error) ? undefined : error} />
      <div>
        <Button variant="outlined" color="error" busy={isLoading} onClick={() => setAsked(true)}>
          {t("deletion.begin")}
        </Button>
      </div>
      {isAsked && (
        <Modal
          title={t("deletion.question")}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button color="neutral" onClick={() => setAsked(false)} autoFocus>
                {t("deletion.keep")}
              </Button>
              <Button variant="contained" color="error" onClick={confirm}>
                {t("deletion.confirm")}
              </Button>
            </>
          }
        >
          <Typography>{t("deletion.consequences")}</Typography>
        </Modal>
      )}
      {dialog}
    </Panel>
  );
}
