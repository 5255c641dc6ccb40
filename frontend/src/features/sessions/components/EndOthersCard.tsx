import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Modal } from "@/components/Modal";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useSessionsEndOthersMutation } from "../api/endOtherSessions";

/** Ends all sessions but this one, after a question. `isAlone`: there is no other. */
export function EndOthersCard({ isAlone }: { isAlone: boolean }) {
  const { t } = useTranslation("sessions");
  const [isAsking, setAsking] = useState(false);
  const [endOthers, { isLoading, isSuccess, error }] = useSessionsEndOthersMutation();

  const { run, dialog } = useReauthentication();

  async function confirm() {
    const result = await endOthers();
    if (result.data || needsReauthentication(result.error)) setAsking(false);
    return result;
  }

  return (
    <Panel>
      {isSuccess && isAlone && <Notice severity="success">{t("othersEnded")}</Notice>}
      {isAlone ? (
        <Muted>{t("alone")}</Muted>
      ) : (
        <Inline between>
          <Muted sx={{ flex: { xs: "1 1 100%", sm: 1 }, minWidth: 0 }}>{t("endOthersText")}</Muted>
          <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
            {t("endOthers")}
          </Button>
        </Inline>
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
          <Stack spacing={2}>
            <Typography>{t("confirm.text")}</Typography>
            <ProblemAlert problem={error} />
          </Stack>
        </Modal>
      )}
      {dialog}
    </Panel>
  );
}
