import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { TextLink } from "@/components/TextLink";
import { someText } from "@/lib/inputs";
import { routes } from "@/lib/routes";
import { resetPassword } from "../api/resetPassword";
import { AuthFormPage } from "../components/AuthFormPage";

const INPUTS = { password: someText };

export default function ResetPasswordPage() {
  const { t } = useTranslation("auth");
  const token = useLocation().hash.slice(1);
  const [done, setDone] = useState(false);
  return (
    <AuthFormPage
      title={t("reset.title")}
      intro={t("reset.intro")}
      notice={token ? undefined : t("link.missing")}
      success={done ? t("reset.success") : undefined}
      fields={
        token
          ? [
              {
                name: "password",
                label: t("reset.password"),
                autoComplete: "new-password",
                hint: t("register.passwordHint"),
              },
            ]
          : []
      }
      submitLabel={t("reset.submit")}
      form={{
        request: "ResetPasswordRequest",
        inputs: INPUTS,
        submit: async ({ password }) => {
          await resetPassword({ token, password });
          setDone(true);
        },
      }}
      footer={
        done ? (
          <TextLink to={routes.login}>{t("login.submit")}</TextLink>
        ) : (
          <TextLink to={routes.forgotPassword}>{t("reset.another")}</TextLink>
        )
      }
    />
  );
}
