import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { TextLink } from "@/components/TextLink";
import { useIdentity } from "@/components/useIdentity";
import { useAppSelector } from "@/lib/appState";
import { emailAddress, someText } from "@/lib/inputs";
import { hasPasskeys } from "@/lib/passkeys";
import { routes } from "@/lib/routes";
import { login } from "../api/login";
import { AuthFormPage } from "../components/AuthFormPage";
import { LoginCodePage } from "../components/LoginCodePage";
import { PasskeyLogin } from "../components/PasskeyLogin";
import { selectAuth } from "../slice";

const INPUTS = { email: emailAddress, password: someText };

export default function LoginPage() {
  const { t } = useTranslation("auth");
  const { expired, deleted } = useAppSelector(selectAuth);
  const { state } = useLocation();
  const hasOwnSessions = useIdentity() !== "gateway";
  const [step, setStep] = useState<{ token: string | null; expired: boolean }>({ token: null, expired });

  function notice() {
    if (step.expired) return t("login.expired");
    return deleted ? t("login.deleted") : undefined;
  }

  if (step.token)
    return <LoginCodePage token={step.token} onRestart={(late) => setStep({ token: null, expired: late })} />;
  return (
    <AuthFormPage
      title={t("login.title")}
      intro={t("login.intro")}
      notice={notice()}
      fields={[
        { name: "email", type: "email", label: t("email"), autoComplete: "username" },
        { name: "password", type: "password", label: t("password"), autoComplete: "current-password" },
      ]}
      submitLabel={t("login.submit")}
      form={{
        request: "LoginRequest",
        inputs: INPUTS,
        submit: async (values) => {
          const token = await login(values);
          if (token) setStep({ token, expired: false });
        },
      }}
      alternative={hasOwnSessions && hasPasskeys() && <PasskeyLogin />}
      footer={
        <>
          {t("login.new")}{" "}
          <TextLink to={routes.register} state={state}>
            {t("register.title")}
          </TextLink>
          {hasOwnSessions && (
            <>
              <br />
              <TextLink to={routes.forgotPassword}>{t("login.forgot")}</TextLink>
            </>
          )}
        </>
      }
    />
  );
}
