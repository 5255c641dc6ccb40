import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { Muted } from "@/components/Muted";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useAccountRemovePasswordMutation } from "../api/removePassword";

/** Removes the password of an account with passkeys, after a question that says how it is opened then. */
export function RemovePassword({ onRemoved }: { onRemoved: () => void }) {
  const { t } = useTranslation("account");
  const [isAsked, setAsked] = useState(false);
  const [remove, { isLoading, error }] = useAccountRemovePasswordMutation();
  const { run, dialog } = useReauthentication();

  function confirm() {
    setAsked(false);
    void run(async () => {
      const result = await remove();
      if (result.data) onRemoved();
      return result;
    });
  }

  return (
    <Stack spacing={2}>
      <Muted>{t("noPassword.intro")}</Muted>
      <ProblemAlert problem={needsReauthentication(error) ? undefined : error} />
      <div>
        <Button color="error" busy={isLoading} onClick={() => setAsked(true)}>
          {t("noPassword.begin")}
        </Button>
      </div>
      {isAsked && (
        <Modal
          title={t("noPassword.question")}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button color="neutral" onClick={() => setAsked(false)} autoFocus>
                {t("noPassword.keep")}
              </Button>
              <Button variant="contained" color="error" onClick={confirm}>
                {t("noPassword.confirm")}
              </Button>
            </>
          }
        >
          <Typography>{t("noPassword.consequences")}</Typography>
        </Modal>
      )}
      {dialog}
    </Stack>
  );
}
