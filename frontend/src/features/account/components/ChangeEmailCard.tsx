import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useForm } from "@/components/useForm";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { changeEmail } from "../api/changeEmail";

/** Another address, which the links in two mails confirm. */
export function ChangeEmailCard() {
  const { t } = useTranslation("account");
  const codeMessage = useCodeMessage();
  const [sent, setSent] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const { ask, dialog } = useReauthentication();
  const form = useForm(async ({ email = "" }) => {
    setSent(false);
    try {
      await changeEmail({ email });
      setSent(true);
    } catch (error) {
      if (!needsReauthentication(error)) throw error;
      ask(() => element.current?.requestSubmit());
    }
  });
  const reason = form.fields.email;
  return (
    <Panel aria-labelledby="change-email">
      <Typography variant="h2" id="change-email">
        {t("address.title")}
      </Typography>
      <Muted>{t("address.intro")}</Muted>
      <ProblemAlert problem={form.problem} />
      {sent && <Notice severity="success">{t("address.success")}</Notice>}
      <Stack spacing={2} component="form" ref={element} onSubmit={form.onSubmit}>
        <Field
          name="email"
          type="email"
          label={t("address.new")}
          autoComplete="email"
          required
          error={reason && codeMessage("field", reason)}
        />
        <div>
          <Button type="submit" variant="outlined" busy={form.busy}>
            {t("address.submit")}
          </Button>
        </div>
      </Stack>
      {dialog}
    </Panel>
  );
}
