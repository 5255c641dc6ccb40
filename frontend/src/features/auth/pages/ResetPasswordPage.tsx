import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { Link as To, useSearchParams } from "react-router";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useResetPasswordMutation } from "../api";
import { AuthPage } from "../components/AuthPage";
import { useForm } from "../components/form";

export default function ResetPasswordPage() {
  const { t } = useTranslation("auth");
  const [params] = useSearchParams();
  const [reset, { isSuccess }] = useResetPasswordMutation();
  const token = params.get("token") ?? "";
  const form = useForm(({ password = "" }) => reset({ token, password }).unwrap());

  return (
    <AuthPage
      title={t("reset.title")}
      after={
        <Link component={To} to="/login">
          {t("back")}
        </Link>
      }
    >
      <ProblemAlert problem={form.problem} />
      {isSuccess && <Alert severity="success">{t("reset.done")}</Alert>}
      {!token && <Alert severity="warning">{t("reset.noToken")}</Alert>}
      {token && !isSuccess && (
        <form className="stack" onSubmit={form.onSubmit}>
          <Field
            name="password"
            type="password"
            label={t("reset.password")}
            autoComplete="new-password"
            hint={t("register.passwordHint")}
            required
            error={form.fields.password ?? form.fields.token}
          />
          <Button type="submit" variant="contained" loading={form.busy}>
            {t("reset.submit")}
          </Button>
        </form>
      )}
    </AuthPage>
  );
}
