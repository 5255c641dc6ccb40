import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import { useTranslation } from "react-i18next";
import { Link as To } from "react-router";
import { Field } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { isProblem } from "@/lib/api/problem";
import { useForgotPasswordMutation } from "../api";
import { AuthPage } from "../components/AuthPage";
import { useForm } from "../components/form";

export default function ForgotPasswordPage() {
  const { t } = useTranslation("auth");
  const [forgot, { isSuccess }] = useForgotPasswordMutation();
  const form = useForm(({ email = "" }) => forgot({ email }).unwrap());
  const missing = isProblem(form.problem) && form.problem.status === 404;

  return (
    <AuthPage
      title={t("forgot.title")}
      intro={t("forgot.intro")}
      after={
        <Link component={To} to="/login">
          {t("back")}
        </Link>
      }
    >
      {missing ? (
        <Alert severity="info">{t("forgot.missing")}</Alert>
      ) : (
        <ProblemAlert problem={form.problem} />
      )}
      {isSuccess ? (
        <Alert severity="success">{t("forgot.sent")}</Alert>
      ) : (
        <form className="stack" onSubmit={form.onSubmit}>
          <Field
            name="email"
            type="email"
            label={t("email")}
            autoComplete="username"
            required
            error={form.fields.email}
          />
          <Button type="submit" variant="contained" loading={form.busy}>
            {t("forgot.submit")}
          </Button>
        </form>
      )}
    </AuthPage>
  );
}
