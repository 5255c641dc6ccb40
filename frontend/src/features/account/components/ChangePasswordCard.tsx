import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { NewPasswordField } from "@/components/NewPasswordField";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useForm } from "@/components/useForm";
import { changePassword } from "../api/changePassword";

/** A new password, which needs the present one. */
export function ChangePasswordCard() {
  const { t } = useTranslation("account");
  const codeMessage = useCodeMessage();
  const [changes, setChanges] = useState(0);
  const form = useForm(async ({ password = "", new_password = "" }) => {
    setChanges(0);
    await changePassword({ password, new_password });
    setChanges(1);
  });
  const reason = form.fields.new_password;
  return (
    <section className="card stack" aria-labelledby="change-password">
      <h2 id="change-password">{t("password.title")}</h2>
      <p className="muted">{t("password.intro")}</p>
      <ProblemAlert problem={form.problem} />
      {changes > 0 && <Notice severity="success">{t("password.success")}</Notice>}
      <form className="stack" key={changes} onSubmit={form.onSubmit}>
        <Field
          name="password"
          type="password"
          label={t("password.present")}
          autoComplete="current-password"
          required
        />
        <NewPasswordField
          name="new_password"
          label={t("password.new")}
          error={reason && codeMessage("field", reason)}
        />
        <div>
          <Button type="submit" variant="outlined" busy={form.busy}>
            {t("password.submit")}
          </Button>
        </div>
      </form>
    </section>
  );
}
