import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { PasskeyButton } from "@/components/PasskeyButton";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { useForm } from "@/components/useForm";
import { useIdentity } from "@/components/useIdentity";
import { useAppSelector } from "@/lib/appState";
import { someText } from "@/lib/inputs";
import { hasPasskeys } from "@/lib/passkeys";
import { routes } from "@/lib/routes";
import { loginWithPasskey } from "../api/loginWithPasskey";
import { selectAuth } from "../slice";

interface Props {
  /** Whose password it is, and who should not go on. */
  intro: string;
  submitLabel: string;
  /** Uses the link with the password, or as whoever is signed in. Throws the problem that the form shows. */
  submit: (password?: string) => Promise<void>;
}

const INPUTS = { password: someText };

/**
 * Asks for the password of the account of a link, or a passkey, which signs in to it. Says who is signed in, which is
 * somebody else.
 */
export function LinkPasswordForm({ intro, submitLabel, submit }: Props) {
  const { t } = useTranslation("auth");
  const { user } = useAppSelector(selectAuth);
  const hasOwnSessions = useIdentity() !== "gateway";
  const form = useForm({
    request: "ConfirmLinkRequest",
    inputs: INPUTS,
    submit: ({ password }) => submit(password),
  });
  return (
    <>
      {user && <Notice severity="info">{t("link.signedIn", { email: user.email })}</Notice>}
      <Muted>{intro}</Muted>
      <ProblemAlert problem={form.problem} />
      <Stack spacing={2} component="form" {...form.props}>
        <Field
          {...form.field("password")}
          type="password"
          label={t("link.password")}
          autoComplete="current-password"
          autoFocus
        />
        <Button type="submit" variant="contained" busy={form.busy}>
          {submitLabel}
        </Button>
      </Stack>
      {hasOwnSessions && hasPasskeys() && (
        <PasskeyButton
          onPress={async () => {
            await loginWithPasskey();
            await submit();
          }}
        >
          {t("link.passkey")}
        </PasskeyButton>
      )}
      <TextLink to={routes.forgotPassword}>{t("login.forgot")}</TextLink>
    </>
  );
}
