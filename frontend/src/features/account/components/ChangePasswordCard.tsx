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
import { useForm } from "@/components/useForm";
import { useIdentity } from "@/components/useIdentity";
import { useReauthentication } from "@/components/useReauthentication";
import { someText } from "@/lib/inputs";
import { changePassword } from "../api/changePassword";
import { usePasskeysListQuery } from "../api/passkeys";
import { RemovePassword } from "./RemovePassword";

const INPUTS = { password: someText, new_password: someText };

/**
 * A new password, which needs the present one, and of an account with a second factor a proof of presence; and the
 * removal of the password, where a passkey opens the account, too.
 */
export function ChangePasswordCard({ onRemoved }: { onRemoved: () => void }) {
  const { t } = useTranslation("account");
  const isOwn = useIdentity() === "jwt"; // a user pool's accounts always have a password
  const { data: passkeys } = usePasskeysListQuery();
  const [changes, setChanges] = useState(0);
  const { attempt, dialog } = useReauthentication();
  const form = useForm({
    request: "ChangePasswordRequest",
    inputs: INPUTS,
    submit: async (values) => {
      setChanges(0);
      await attempt(
        () =>
          changePassword(values).then(() => {
            form.reset();
            setChanges(1);
          }),
        () => void form.submit(),
      );
    },
  });
  return (
    <Panel aria-labelledby="change-password">
      <Typography variant="h2" id="change-password">
        {t("password.title")}
      </Typography>
      <Muted>{t("password.intro")}</Muted>
      <ProblemAlert problem={form.problem} />
      {changes > 0 && <Notice severity="success">{t("password.success")}</Notice>}
      <Stack spacing={2} component="form" key={changes} {...form.props}>
        <Field
          {...form.field("password")}
          type="password"
          label={t("password.present")}
          autoComplete="current-password"
        />
        <NewPasswordField {...form.field("new_password")} label={t("password.new")} />
        <div>
          <Button type="submit" variant="outlined" busy={form.busy}>
            {t("password.submit")}
          </Button>
        </div>
      </Stack>
      {isOwn && passkeys && passkeys.length > 0 && <RemovePassword onRemoved={onRemoved} />}
      {dialog}
    </Panel>
  );
}
