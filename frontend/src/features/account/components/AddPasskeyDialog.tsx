import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { makePasskey } from "@/lib/passkeys";
import { useAuthAddPasskeyMutation, useAuthPasskeyOptionsMutation } from "../api/passkeys";
import { PasskeyNameField } from "./PasskeyNameField";

interface Props {
  onClose: () => void;
  onAdded: (name: string) => void;
}

/** Asks for the name of a passkey, lets the device make it, and adds it. */
export function AddPasskeyDialog({ onClose, onAdded }: Props) {
  const { t } = useTranslation("account");
  const [begin] = useAuthPasskeyOptionsMutation();
  const [add] = useAuthAddPasskeyMutation();
  const { run, dialog } = useReauthentication();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function send(name: string): Promise<{ error?: unknown }> {
    setBusy(true);
    setProblem(null);
    try {
      const options = await begin().unwrap();
      const made = await makePasskey(options);
      await add({ addPasskeyRequest: { name, ...made } }).unwrap();
      onAdded(name);
      return {};
    } catch (error) {
      setProblem(needsReauthentication(error) ? null : error);
      return { error };
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    if (!isBusy) void run(() => send(name));
  }

  return (
    <>
      <Modal
        title={t("passkeys.begin")}
        onClose={onClose}
        onSubmit={submit}
        actions={
          <>
            <Button color="neutral" onClick={onClose}>
              {t("passkeys.cancel")}
            </Button>
            <Button type="submit" variant="contained" busy={isBusy}>
              {t("passkeys.make")}
            </Button>
          </>
        }
      >
        <Stack spacing={2}>
          <Typography>{t("passkeys.how")}</Typography>
          <PasskeyNameField problem={problem} maxLength={maxLengths.AddPasskeyRequest.name} />
        </Stack>
      </Modal>
      {dialog}
    </>
  );
}
