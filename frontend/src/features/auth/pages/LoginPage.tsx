import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { useLocation } from "react-router";
import { TextLink } from "@/components/TextLink";
import { useHasPasswords } from "@/components/useHasPasswords";
import { routes } from "@/lib/routes";
import { login } from "../api/login";
import { AuthFormPage } from "../components/AuthFormPage";
import { selectAuth } from "../slice";

export default function LoginPage() {
  const { t } = useTranslation("auth");
  const { expired } = useSelector(selectAuth);
  const { state } = useLocation();
  const hasPasswords = useHasPasswords();
  return (
    <AuthFormPage
      title={t("login.title")}
      intro={t("login.intro")}
      notice={expired ? t("login.expired") : undefined}
      fields={[
        { name: "email", type: "email", label: t("email"), autoComplete: "username", required: true },
        {
          name: "password",
          type: "password",
          label: t("password"),
          autoComplete: "current-password",
          required: true,
        },
      ]}
      submitLabel={t("login.submit")}
      onSubmit={({ email = "", password = "" }) => login({ email, password })}
      footer={
        <>
          {t("login.new")}{" "}
          <TextLink to={routes.register} state={state}>
            {t("register.title")}
          </TextLink>
          {hasPasswords && (
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
