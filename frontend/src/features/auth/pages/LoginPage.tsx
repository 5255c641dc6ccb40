import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { useLocation } from "react-router";
import { EntryPage, Way } from "../components/EntryPage";
import { login } from "../enter";
import { selectAuth } from "../slice";

export default function LoginPage() {
  const { t } = useTranslation("auth");
  const { lapsed } = useSelector(selectAuth);
  const { state } = useLocation();
  return (
    <EntryPage
      title={t("login.title")}
      intro={t("login.intro")}
      notice={lapsed ? t("login.lapsed") : undefined}
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
      submit={t("login.submit")}
      send={({ email = "", password = "" }) => login({ email, password })}
      after={
        <>
          {t("login.new")}{" "}
          <Way to="/register" state={state}>
            {t("register.title")}
          </Way>
        </>
      }
    />
  );
}
