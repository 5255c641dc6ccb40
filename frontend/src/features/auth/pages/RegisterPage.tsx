import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { Link as To, useLocation } from "react-router";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useLoginMutation, useRegisterMutation } from "../api";
import { AuthPage } from "../components/AuthPage";
import { useForm } from "../components/form";

export default function RegisterPage() {
  const { t } = useTranslation("auth");
  const { state } = useLocation();
  const [register] = useRegisterMutation();
  const [login] = useLoginMutation();
  const form = useForm(async ({ email = "", password = "", full_name = "" }) => {
    await register({ email, password, full_name: full_name.trim() || undefined }).unwrap();
    await login({ email, password }).unwrap();
  });

  return (
    <AuthPage
      title={t("register.title")}
      intro={t("register.intro")}
      after={
        <>
          {t("register.known")}{" "}
          <Link component={To} to="/login" state={state}>
            {t("login.submit")}
          </Link>
        </>
      }
    >
      <ProblemAlert problem={form.problem} />
      <form className="stack" onSubmit={form.onSubmit}>
        <Field
          name="full_name"
          label={t("name")}
          autoComplete="name"
          maxLength={200}
          error={form.fields.full_name}
        />
        <Field
          name="email"
          type="email"
          label={t("email")}
          autoComplete="username"
          required
          error={form.fields.email}
        />
        <Field
          name="password"
          type="password"
          label={t("password")}
          autoComplete="new-password"
          hint={t("register.passwordHint")}
          maxLength={128}
          required
          error={form.fields.password}
        />
        <Button type="submit" variant="contained" loading={form.busy}>
          {t("register.submit")}
        </Button>
      </form>
    </AuthPage>
  );
}
