import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { requestPasswordLink } from "../api/requestPasswordLink";
import { useMailRequest } from "./useMailRequest";

interface Props {
  email: string;
  /** Whether the password was removed just now. */
  isRemoved: boolean;
}

/** An account that only passkeys open. A mailed link sets a password again. */
export function NoPasswordCard({ email, isRemoved }: Props) {
  const { t } = useTranslation("account");
  const { state, problem, send } = useMailRequest(() => requestPasswordLink(email));

  return (
    <Panel aria-labelledby="password">
      <Typography variant="h2" id="password">
        {t("noPassword.title")}
      </Typography>
      {isRemoved && <Notice severity="success">{t("noPassword.removed")}</Notice>}
      <Muted>{t("noPassword.text")}</Muted>
      <ProblemAlert problem={problem} />
      {state === "sent" ? (
        <Notice severity="success">{t("noPassword.sent", { email })}</Notice>
      ) : (
        <div>
          <Button variant="outlined" busy={state === "busy"} onClick={() => void send()}>
            {t("noPassword.submit")}
          </Button>
        </div>
      )}
    </Panel>
  );
}
