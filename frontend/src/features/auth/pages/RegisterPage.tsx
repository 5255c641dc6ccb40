import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { LegalNote } from "@/components/LegalNote";
import { TextLink } from "@/components/TextLink";
import { anyText, emailAddress, someText } from "@/lib/inputs";
import { routes } from "@/lib/routes";
import { register } from "../api/register";
import { AuthFormPage } from "../components/AuthFormPage";

const INPUTS = { full_name: anyText, email: emailAddress, password: someText };

export default function RegisterPage() {
  const { t } = useTranslation("auth");
  const { state } = useLocation();
  const [mailed, setMailed] = useState(false);
  return (
    <AuthFormPage
      title={t("register.title")}
      intro={t("register.intro")}
      success={mailed ? t("register.mailed") : undefined}
      fields={[
        { name: "full_name", label: t("name"), autoComplete: "name" },
        { name: "email", type: "email", label: t("email"), autoComplete: "username" },
        {
          name: "password",
          label: t("password"),
          autoComplete: "new-password",
          hint: t("register.passwordHint"),
        },
      ]}
      submitLabel={t("register.submit")}
      terms={<LegalNote about="account" />}
      form={{
        request: "RegisterRequest",
        inputs: INPUTS,
        submit: async ({ full_name, ...values }) => {
          const outcome = await register({ ...values, full_name: full_name.trim() || null });
          setMailed(outcome === "mailed");
        },
      }}
      footer={
        <>
          {t("register.known")}{" "}
          <TextLink to={routes.login} state={state}>
            {t("login.submit")}
          </TextLink>
        </>
      }
    />
  );
}
