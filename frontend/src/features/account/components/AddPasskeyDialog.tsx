import { useTranslation } from "react-i18next";
import { FormDialog } from "@/components/FormDialog";
import { useForm } from "@/components/useForm";
import { useReauthentication } from "@/components/useReauthentication";
import { someText } from "@/lib/inputs";
import { makePasskey } from "@/lib/passkeys";
import { usePasskeysAddMutation, usePasskeysOptionsMutation } from "../api/passkeys";
import { PasskeyNameField } from "./PasskeyNameField";

const INPUTS = { name: someText };

interface Props {
  onClose: () => void;
  onAdded: (name: string) => void;
}

/** Asks for the name of a passkey, lets the device make it, and adds it. */
export function AddPasskeyDialog({ onClose, onAdded }: Props) {
  const { t } = useTranslation("account");
  const [begin] = usePasskeysOptionsMutation();
  const [add] = usePasskeysAddMutation();
  const { attempt, dialog } = useReauthentication();
  const form = useForm({
    request: "AddPasskeyRequest",
    inputs: INPUTS,
    submit: ({ name }) =>
      attempt(
        () => send(name),
        () => void form.submit(),
      ),
  });

  async function send(name: string) {
    const options = await begin().unwrap();
    const made = await makePasskey(options);
    await add({ addPasskeyRequest: { name, ...made } }).unwrap();
    onAdded(name);
  }

  return (
    <>
      <FormDialog
        title={t("passkeys.begin")}
        onClose={onClose}
        submitLabel={t("passkeys.make")}
        intro={t("passkeys.how")}
        form={form}
      >
        <PasskeyNameField form={form} />
      </FormDialog>
      {dialog}
    </>
  );
}
