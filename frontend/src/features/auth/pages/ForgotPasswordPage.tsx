import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";
import { forgotPassword } from "../api/forgotPassword";
import { AuthFormPage } from "../components/AuthFormPage";

export default function ForgotPasswordPage() {
  const { t } = useTranslation("auth");
  const [sent, setSent] = useState(false);
  return (
    <AuthFormPage
      title={t("forgot.title")}
      intro={t("forgot.intro")}
      success={sent ? t("forgot.success") : undefined}
      fields={[{ name: "email", type: "email", label: t("email"), autoComplete: "username", required: true }]}
      submitLabel={t("forgot.submit")}
      onSubmit={async ({ email = "" }) => {
        await forgotPassword({ email });
        setSent(true);
      }}
      footer={<TextLink to={routes.login}>{t("login.submit")}</TextLink>}
    />
  );
}
