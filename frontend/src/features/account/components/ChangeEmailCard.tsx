import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useForm } from "@/components/useForm";
import { useReauthentication } from "@/components/useReauthentication";
import { emailAddress } from "@/lib/inputs";
import { changeEmail } from "../api/changeEmail";

const INPUTS = { email: emailAddress };

/** Another address, which the links in two mails confirm. */
export function ChangeEmailCard() {
  const { t } = useTranslation("account");
  const [sent, setSent] = useState(false);
  const { attempt, dialog } = useReauthentication();
  const form = useForm({
    request: "ChangeEmailRequest",
    inputs: INPUTS,
    asks: true,
    submit: async (values) => {
      setSent(false);
      await attempt(
        () => changeEmail(values).then(() => setSent(true)),
        () => void form.submit(),
      );
    },
  });
  return (
    <Panel aria-labelledby="change-email">
      <Typography variant="h2" id="change-email">
        {t("address.title")}
      </Typography>
      <Muted>{t("address.intro")}</Muted>
      <ProblemAlert problem={form.problem} />
      {sent && <Notice severity="success">{t("address.success")}</Notice>}
      <Stack spacing={2} component="form" {...form.props}>
        <Field {...form.field("email")} type="email" label={t("address.new")} autoComplete="email" />
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
