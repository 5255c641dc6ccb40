import Stack from "@mui/material/Stack";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Modal } from "@/components/Modal";
import type { PasskeyResponse } from "@/lib/api/client.generated";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { useAuthRenamePasskeyMutation } from "../api/passkeys";
import { PasskeyNameField } from "./PasskeyNameField";

interface Props {
  passkey: PasskeyResponse;
  onClose: () => void;
  onRenamed: (name: string) => void;
}

/** Asks for another name of a passkey. */
export function RenamePasskeyDialog({ passkey, onClose, onRenamed }: Props) {
  const { t } = useTranslation("account");
  const [rename, { isLoading, error }] = useAuthRenamePasskeyMutation();

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    const { data } = await rename({ passkeyId: passkey.id, renamePasskeyRequest: { name } });
    if (data) onRenamed(data.name);
  }

  return (
    <Modal
      title={t("passkeys.renameOf", { name: passkey.name })}
      onClose={onClose}
      onSubmit={(event) => void save(event)}
      actions={
        <>
          <Button color="neutral" onClick={onClose}>
            {t("passkeys.cancel")}
          </Button>
          <Button type="submit" variant="contained" busy={isLoading}>
            {t("passkeys.saveName")}
          </Button>
        </>
      }
    >
      <Stack spacing={2}>
        <PasskeyNameField
          problem={error}
          maxLength={maxLengths.RenamePasskeyRequest.name}
          defaultValue={passkey.name}
        />
      </Stack>
    </Modal>
  );
}
