import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Muted } from "@/components/Muted";
import { NewPasswordField } from "@/components/NewPasswordField";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
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
    <Panel aria-labelledby="change-password">
      <Typography variant="h2" id="change-password">
        {t("password.title")}
      </Typography>
      <Muted>{t("password.intro")}</Muted>
      <ProblemAlert problem={form.problem} />
      {changes > 0 && <Notice severity="success">{t("password.success")}</Notice>}
      <Stack spacing={2} component="form" key={changes} onSubmit={form.onSubmit}>
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
      </Stack>
    </Panel>
  );
}
