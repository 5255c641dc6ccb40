import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { anyText, someText } from "@/lib/inputs";
import { hasPasskeys, provePasskey } from "@/lib/passkeys";
import { Button } from "./Button";
import { Field } from "./Field";
import { FormDialog } from "./FormDialog";
import { Modal } from "./Modal";
import { Notice } from "./Notice";
import { PasskeyButton } from "./PasskeyButton";
import { useForm } from "./useForm";

type Action = () => Promise<{ error?: unknown }>;

/** Whether the API wants the customer to prove again to be present, which is no failure of the request. */
export function needsReauthentication(error: unknown): boolean {
  return isProblem(error) && error.code === "reauthentication_required";
}

/** Whether the account has a second factor, of which a code is needed, too. */
function isMissingCode(error: unknown): boolean {
  return isProblem(error) && error.code === "second_factor_required";
}

/**
 * Runs an action that the API may refuse until the customer has entered the password again, or used a passkey. Then it
 * asks for that in `dialog`, which the page renders, and runs the action once more. `attempt` calls
 * `again` instead, which a form sends itself by, and throws other errors. The page renders `dialog` outside of its own forms, because it is one.
 */
export function useReauthentication(): {
  run: (action: Action) => Promise<void>;
  attempt: (action: () => Promise<unknown>, again: () => void) => Promise<void>;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Action | null>(null);

  async function run(action: Action) {
    const { error } = await action();
    if (needsReauthentication(error)) setWaiting(() => action);
  }

  async function attempt(action: () => Promise<unknown>, again: () => void) {
    try {
      await action();
    } catch (error) {
      if (!needsReauthentication(error)) throw error;
      setWaiting(() => () => {
        again();
        return Promise.resolve({});
      });
    }
  }

  const dialog = waiting && (
    <ReauthenticationDialog
      onClose={() => setWaiting(null)}
      onConfirmed={() => {
        setWaiting(null);
        void run(waiting);
      }}
    />
  );
  return { run, attempt, dialog };
}

const INPUTS = { password: someText, code: anyText };
const INPUTS_WITH_CODE = { password: someText, code: someText };

type DialogProps = { onClose: () => void; onConfirmed: () => void };

/** Asks for what the account has: a password and perhaps a code, or a passkey. */
function ReauthenticationDialog(props: DialogProps) {
  const { data: me, isLoading } = client.useAccountGetQuery();
  if (isLoading) return null;
  return me?.has_password === false ? <PasskeyDialog {...props} /> : <PasswordDialog {...props} />;
}

function PasskeyDialog({ onClose, onConfirmed }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      title={t("reauthentication.title")}
      onClose={onClose}
      actions={
        <Button color="neutral" onClick={onClose}>
          {t("cancel")}
        </Button>
      }
    >
      <Stack spacing={2}>
        <Typography>{t("reauthentication.text")}</Typography>
        {hasPasskeys() ? (
          <PasskeyProofButton onConfirmed={onConfirmed} autoFocus>
            {t("reauthentication.onlyPasskey")}
          </PasskeyProofButton>
        ) : (
          <Notice severity="info">{t("reauthentication.unsupported")}</Notice>
        )}
      </Stack>
    </Modal>
  );
}

function PasswordDialog({ onClose, onConfirmed }: DialogProps) {
  const { t } = useTranslation();
  const [reauthenticate] = client.useAuthReauthenticateMutation();
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({
    request: "ReauthenticateRequest",
    inputs: needsCode ? INPUTS_WITH_CODE : INPUTS,
    submit: async ({ password, code }) => {
      const reauthenticateRequest = { password, code: code || null };
      const { data, error } = await reauthenticate({ reauthenticateRequest });
      if (data) onConfirmed();
      else if (isMissingCode(error)) setNeedsCode(true);
      else throw error;
    },
  });

  return (
    <FormDialog
      title={t("reauthentication.title")}
      onClose={onClose}
      submitLabel={t("reauthentication.confirm")}
      intro={t("reauthentication.text")}
      form={form}
    >
      <Field
        {...form.field("password")}
        type="password"
        label={t("reauthentication.password")}
        autoComplete="current-password"
        autoFocus
      />
      {needsCode && (
        <Field
          {...form.field("code")}
          label={t("reauthentication.code")}
          autoComplete="one-time-code"
          autoFocus
        />
      )}
      {hasPasskeys() && (
        <PasskeyProofButton onConfirmed={onConfirmed}>{t("reauthentication.passkey")}</PasskeyProofButton>
      )}
    </FormDialog>
  );
}

type ProofProps = { onConfirmed: () => void; children: ReactNode; autoFocus?: boolean };

/** Proves by a passkey to be present, in place of the password and the code. */
function PasskeyProofButton({ onConfirmed, children, autoFocus = false }: ProofProps) {
  const [begin] = client.useAuthLoginPasskeyOptionsMutation();
  const [prove] = client.useAuthReauthenticatePasskeyMutation();

  async function confirm() {
    const options = await begin().unwrap();
    await prove({ passkeyProof: await provePasskey(options) }).unwrap();
    onConfirmed();
  }

  return (
    <PasskeyButton onPress={confirm} autoFocus={autoFocus}>
      {children}
    </PasskeyButton>
  );
}
