import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/FormDialog";
import { useForm } from "@/components/useForm";
import type { PasskeyResponse } from "@/lib/api/client.generated";
import { someText } from "@/lib/inputs";
import { usePasskeysRenameMutation } from "../api/passkeys";
import { PasskeyNameField } from "./PasskeyNameField";

const INPUTS = { name: someText };

interface Props {
  passkey: PasskeyResponse;
  onClose: () => void;
  onRenamed: (name: string) => void;
}

/** Asks for another name of a passkey. */
export function RenamePasskeyDialog({ passkey, onClose, onRenamed }: Props) {
  const { t } = useTranslation("account");
  const [rename] = usePasskeysRenameMutation();
  const form = useForm({
    request: "RenamePasskeyRequest",
    inputs: INPUTS,
    defaultValues: { name: passkey.name },
    submit: async (renamePasskeyRequest) => {
      const { name } = await rename({ passkeyId: passkey.id, renamePasskeyRequest }).unwrap();
      onRenamed(name);
    },
  });

  return (
    <FormDialog
      title={t("passkeys.renameOf", { name: passkey.name })}
      onClose={onClose}
      submitLabel={t("passkeys.saveName")}
      form={form}
    >
      <PasskeyNameField form={form} />
    </FormDialog>
  );
}
