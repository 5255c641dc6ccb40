import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { TextLink } from "@/components/TextLink";
import { routes } from "@/lib/routes";
import { register } from "../api/register";
import { AuthFormPage } from "../components/AuthFormPage";

export default function RegisterPage() {
  const { t } = useTranslation("auth");
  const { state } = useLocation();
  return (
    <AuthFormPage
      title={t("register.title")}
      intro={t("register.intro")}
      fields={[
        { name: "full_name", label: t("name"), autoComplete: "name", maxLength: 200 },
        { name: "email", type: "email", label: t("email"), autoComplete: "username", required: true },
        {
          name: "password",
          type: "password",
          label: t("password"),
          autoComplete: "new-password",
          hint: t("register.passwordHint"),
          maxLength: 128,
          required: true,
        },
      ]}
      submitLabel={t("register.submit")}
      onSubmit={({ email = "", password = "", full_name = "" }) =>
        register({ email, password, full_name: full_name.trim() || null })
      }
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
