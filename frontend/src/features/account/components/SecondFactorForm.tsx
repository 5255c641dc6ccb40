import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { QRCodeSVG } from "qrcode.react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Inline } from "@/components/Inline";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { TotpResponse } from "@/lib/api/client.generated";
import { useAuthConfirmTotpMutation } from "../api/secondFactor";

interface Props {
  app: TotpResponse;
  onConfirmed: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

/** The secret for an authenticator app, as a QR code and as text, and the first code of the app. */
export function SecondFactorForm({ app, onConfirmed, onCancel }: Props) {
  const { t } = useTranslation("account");
  const [confirm, { isLoading, error }] = useAuthConfirmTotpMutation();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    const { data } = await confirm({ confirmTotpRequest: { code } });
    if (data) onConfirmed(data.recovery_codes);
  }

  return (
    <Stack spacing={2} component="form" onSubmit={(event) => void send(event)}>
      <Typography>{t("factor.scan")}</Typography>
      <QRCodeSVG value={app.uri} size={176} marginSize={4} title={t("factor.qr")} />
      <Typography className="wrap">
        {t("factor.secret")} <code>{app.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </Typography>
      <ProblemAlert problem={error} />
      <Field name="code" label={t("factor.code")} autoComplete="one-time-code" required />
      <Inline>
        <Button type="submit" variant="contained" busy={isLoading}>
          {t("factor.confirm")}
        </Button>
        <Button color="neutral" onClick={onCancel}>
          {t("factor.cancel")}
        </Button>
      </Inline>
    </Stack>
  );
}
