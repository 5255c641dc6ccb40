import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { isProblem } from "@/lib/api/problem";
import { someText } from "@/lib/inputs";
import { loginWithCode } from "../api/loginWithCode";
import { AuthFormPage } from "./AuthFormPage";

interface Props {
  /** What the first step returned. */
  token: string;
  /** Back to the password; `expired`: because too much time has passed. */
  onRestart: (expired: boolean) => void;
}

const INPUTS = { code: someText };

/** The second step of a login: a code of the authenticator app, or a recovery code. */
export function LoginCodePage({ token, onRestart }: Props) {
  const { t } = useTranslation("auth");

  async function send(code: string) {
    try {
      await loginWithCode({ mfa_token: token, code });
    } catch (error) {
      if (!isProblem(error) || error.code !== "login_expired") throw error;
      onRestart(true);
    }
  }

  return (
    <AuthFormPage
      title={t("code.title")}
      intro={t("code.intro")}
      fields={[
        {
          name: "code",
          label: t("code.label"),
          hint: t("code.hint"),
          autoComplete: "one-time-code",
          autoFocus: true,
        },
      ]}
      submitLabel={t("login.submit")}
      form={{ request: "LoginCodeRequest", inputs: INPUTS, submit: ({ code }) => send(code) }}
      footer={
        <Button variant="text" onClick={() => onRestart(false)}>
          {t("code.back")}
        </Button>
      }
    />
  );
}
