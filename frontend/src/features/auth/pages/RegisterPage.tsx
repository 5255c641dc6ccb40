import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { EntryPage, Way } from "../components/EntryPage";
import { register } from "../enter";

export default function RegisterPage() {
  const { t } = useTranslation("auth");
  const { state } = useLocation();
  return (
    <EntryPage
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
      submit={t("register.submit")}
      send={({ email = "", password = "", full_name = "" }) =>
        register({ email, password, full_name: full_name.trim() || null })
      }
      after={
        <>
          {t("register.known")}{" "}
          <Way to="/login" state={state}>
            {t("login.submit")}
          </Way>
        </>
      }
    />
  );
}
