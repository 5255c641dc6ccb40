import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { emailAddress } from "@/lib/inputs";
import { routes } from "@/lib/routes";
import { forgotPassword } from "../api/forgotPassword";
import { AuthFormPage } from "../components/AuthFormPage";

const INPUTS = { email: emailAddress };

export default function ForgotPasswordPage() {
  const { t } = useTranslation("auth");
  const [sent, setSent] = useState(false);
  return (
    <AuthFormPage
      title={t("forgot.title")}
      intro={t("forgot.intro")}
      success={sent ? t("forgot.success") : undefined}
      fields={[{ name: "email", type: "email", label: t("email"), autoComplete: "username" }]}
      submitLabel={t("forgot.submit")}
      form={{
        request: "ForgotPasswordRequest",
        inputs: INPUTS,
        submit: async (values) => {
          await forgotPassword(values);
          setSent(true);
        },
      }}
      footer={<TextLink to={routes.login}>{t("login.submit")}</TextLink>}
    />
  );
}
