import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { useSelector } from "react-redux";
import { Link as To, useLocation } from "react-router";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useLoginMutation } from "../api";
import { AuthPage } from "../components/AuthPage";
import { useForm } from "../components/form";
import { selectAuth } from "../slice";

export default function LoginPage() {
  const { t } = useTranslation("auth");
  const { lapsed } = useSelector(selectAuth);
  const { state } = useLocation();
  const [login] = useLoginMutation();
  const form = useForm(({ email = "", password = "" }) => login({ email, password }).unwrap());

  return (
    <AuthPage
      title={t("login.title")}
      intro={t("login.intro")}
      after={
        <>
          {t("login.new")}{" "}
          <Link component={To} to="/register" state={state}>
            {t("register.title")}
          </Link>
        </>
      }
    >
      {lapsed && <Alert severity="info">{t("login.lapsed")}</Alert>}
      <ProblemAlert problem={form.problem} />
      <form className="stack" onSubmit={form.onSubmit}>
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
          autoComplete="current-password"
          required
          error={form.fields.password}
        />
        <Link component={To} to="/forgot-password" className="small">
          {t("login.forgot")}
        </Link>
        <Button type="submit" variant="contained" loading={form.busy}>
          {t("login.submit")}
        </Button>
      </form>
    </AuthPage>
  );
}
