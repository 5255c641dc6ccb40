import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { hasPasskeys, provePasskey } from "@/lib/passkeys";
import { Button } from "./Button";
import { Field } from "./Field";
import { Modal } from "./Modal";
import { PasskeyButton } from "./PasskeyButton";
import { ProblemAlert } from "./ProblemAlert";

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
 * asks for that in `dialog`, which the page renders, and runs the action once more. `ask` only asks, for an action that was
 * refused already. The page renders `dialog` outside of its own forms, because it is one.
 */
export function useReauthentication(): {
  run: (action: Action) => Promise<void>;
  ask: (again: () => void) => void;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Action | null>(null);

  async function run(action: Action) {
    const { error } = await action();
    if (needsReauthentication(error)) setWaiting(() => action);
  }

  function ask(again: () => void) {
    setWaiting(() => () => {
      again();
      return Promise.resolve({});
    });
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
  return { run, ask, dialog };
}

function ReauthenticationDialog({ onClose, onConfirmed }: { onClose: () => void; onConfirmed: () => void }) {
  const { t } = useTranslation();
  const [reauthenticate, { isLoading, error }] = client.useAuthReauthenticateMutation();
  const [needsCode, setNeedsCode] = useState(false);
  if (isMissingCode(error) && !needsCode) setNeedsCode(true);

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const code = values.get("code");
    const { data } = await reauthenticate({
      reauthenticateRequest: { password: String(values.get("password")), code: code ? String(code) : null },
    });
    if (data) onConfirmed();
  }

  return (
    <Modal
      title={t("reauthentication.title")}
      onClose={onClose}
      onSubmit={(event) => void confirm(event)}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {t("reauthentication.cancel")}
          </Button>
          <Button type="submit" variant="contained" busy={isLoading}>
            {t("reauthentication.confirm")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <Typography>{t("reauthentication.text")}</Typography>
        <Field
          name="password"
          type="password"
          label={t("reauthentication.password")}
          autoComplete="current-password"
          autoFocus
          required
        />
        {needsCode && (
          <Field
            name="code"
            label={t("reauthentication.code")}
            autoComplete="one-time-code"
            autoFocus
            required
          />
        )}
        <ProblemAlert problem={isMissingCode(error) ? undefined : error} />
        {hasPasskeys() && <PasskeyProofButton onConfirmed={onConfirmed} />}
      </Stack>
    </Modal>
  );
}

/** Proves by a passkey to be present, in place of the password and the code. */
function PasskeyProofButton({ onConfirmed }: { onConfirmed: () => void }) {
  const { t } = useTranslation();
  const [begin] = client.useAuthLoginPasskeyOptionsMutation();
  const [prove] = client.useAuthReauthenticatePasskeyMutation();

  async function confirm() {
    const options = await begin().unwrap();
    await prove({ passkeyProof: await provePasskey(options) }).unwrap();
    onConfirmed();
  }

  return <PasskeyButton onPress={confirm}>{t("reauthentication.passkey")}</PasskeyButton>;
}
