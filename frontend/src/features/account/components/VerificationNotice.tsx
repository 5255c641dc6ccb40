import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { sendVerification } from "../api/sendVerification";
import { useMailRequest } from "./useMailRequest";

/** Shown while the address is not verified: another link can be mailed. */
export function VerificationNotice() {
  const { t } = useTranslation("account");
  const { state, problem, send } = useMailRequest(() => sendVerification());

  if (state === "sent") return <Notice severity="success">{t("verification.sent")}</Notice>;
  return (
    <>
      <ProblemAlert problem={problem} />
      <Notice
        severity="info"
        action={
          <Button size="small" color="neutral" busy={state === "busy"} onClick={() => void send()}>
            {t("verification.submit")}
          </Button>
        }
      >
        {t("verification.text")}
      </Notice>
    </>
  );
}
