import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { QRCodeSVG } from "qrcode.react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Inline } from "@/components/Inline";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useForm } from "@/components/useForm";
import type { TotpResponse } from "@/lib/api/client.generated";
import { someText } from "@/lib/inputs";
import { useSecondFactorConfirmTotpMutation } from "../api/secondFactor";

const INPUTS = { code: someText };

interface Props {
  app: TotpResponse;
  onConfirmed: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

/** The secret for an authenticator app, as a QR code and as text, and the first code of the app. */
export function SecondFactorForm({ app, onConfirmed, onCancel }: Props) {
  const { t } = useTranslation("account");
  const [confirm] = useSecondFactorConfirmTotpMutation();
  const form = useForm({
    request: "ConfirmTotpRequest",
    inputs: INPUTS,
    submit: async (confirmTotpRequest) => {
      const { recovery_codes } = await confirm({ confirmTotpRequest }).unwrap();
      onConfirmed(recovery_codes);
    },
  });

  return (
    <Stack spacing={2} component="form" {...form.props}>
      <Typography>{t("factor.scan")}</Typography>
      <QRCodeSVG value={app.uri} size={176} marginSize={4} title={t("factor.qr")} />
      <Typography className="wrap">
        {t("factor.secret")} <code>{app.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </Typography>
      <ProblemAlert problem={form.problem} />
      <Field {...form.field("code")} label={t("factor.code")} autoComplete="one-time-code" />
      <Inline>
        <Button type="submit" variant="contained" busy={form.busy}>
          {t("factor.confirm")}
        </Button>
        <Button color="neutral" onClick={onCancel}>
          {t("factor.cancel")}
        </Button>
      </Inline>
    </Stack>
  );
}
