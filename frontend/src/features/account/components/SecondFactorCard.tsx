import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { useAccountGetQuery } from "../api/getProfile";
import {
  useSecondFactorBeginTotpMutation,
  useSecondFactorRemoveTotpMutation,
  useSecondFactorRenewRecoveryCodesMutation,
} from "../api/secondFactor";
import { RecoveryCodes } from "./RecoveryCodes";
import { SecondFactorForm } from "./SecondFactorForm";

/** The second factor: set it up with an authenticator app, get new recovery codes, or turn it off. */
export function SecondFactorCard() {
  const { t } = useTranslation("account");
  const { data: me } = useAccountGetQuery();
  const [begin, beginning] = useSecondFactorBeginTotpMutation();
  const [createCodes, creation] = useSecondFactorRenewRecoveryCodesMutation();
  const [remove, removal] = useSecondFactorRemoveTotpMutation();
  const { run, dialog } = useReauthentication();
  const [codes, setCodes] = useState<string[] | null>(null);
  const [isRemoved, setRemoved] = useState(false);
  const problems = [beginning.error, creation.error, removal.error];

  if (!me) return null;
  return (
    <Panel aria-labelledby="second-factor">
      <Typography variant="h2" id="second-factor">
        {t("factor.title")}
      </Typography>
      <Muted>{t(me.second_factor ? "factor.on" : "factor.off")}</Muted>
      {problems.map((problem, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one place for each request
        <ProblemAlert key={number} problem={needsReauthentication(problem) ? undefined : problem} />
      ))}
      {isRemoved && !me.second_factor && <Notice severity="success">{t("factor.removed")}</Notice>}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
      {!me.second_factor && beginning.data && (
        <SecondFactorForm
          app={beginning.data}
          onConfirmed={(recoveryCodes) => {
            beginning.reset();
            setCodes(recoveryCodes);
          }}
          onCancel={beginning.reset}
        />
      )}
      <Inline>
        {!me.second_factor && !beginning.data && (
          <Button
            variant="outlined"
            busy={beginning.isLoading}
            onClick={() => {
              setRemoved(false);
              void run(() => begin());
            }}
          >
            {t("factor.begin")}
          </Button>
        )}
        {me.second_factor && (
          <>
            <Button
              variant="outlined"
              busy={creation.isLoading}
              onClick={() =>
                void run(async () => {
                  const result = await createCodes();
                  if (result.data) setCodes(result.data.recovery_codes);
                  return result;
                })
              }
            >
              {t("factor.newCodes")}
            </Button>
            <Button
              color="error"
              busy={removal.isLoading}
              onClick={() =>
                void run(async () => {
                  const result = await remove();
                  if (result.data) {
                    setCodes(null);
                    setRemoved(true);
                  }
                  return result;
                })
              }
            >
              {t("factor.remove")}
            </Button>
          </>
        )}
      </Inline>
      {dialog}
    </Panel>
  );
}
