import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { SelectField } from "@/components/SelectField";
import { useForm } from "@/components/useForm";
import { useReauthentication } from "@/components/useReauthentication";
import type { CreatedApiKeyResponse } from "@/lib/api/client.generated";
import { someText } from "@/lib/inputs";
import { useApiKeysCreateMutation } from "../api/createKey";
import { type Mode, scopesOf } from "../modes";
import type { Scope } from "../scopes";
import { ModeChoice } from "./ModeChoice";
import { ScopeChoice } from "./ScopeChoice";

const LIFETIMES = [7, 30, 90, 365] as const;
const USUAL_LIFETIME = 90;
const INPUTS = { name: someText };

interface Props {
  onClose: () => void;
  onCreated: (created: CreatedApiKeyResponse) => void;
}

/** Asks for the name, the mode, the scopes and the lifetime of a new key, and creates it. */
export function CreateKeyDialog({ onClose, onCreated }: Props) {
  const { t } = useTranslation("apiKeys");
  const [create] = useApiKeysCreateMutation();
  const { attempt, dialog } = useReauthentication();
  const [mode, setMode] = useState<Mode>("live");
  const [chosen, setScopes] = useState<Scope[]>(["read"]);
  const scopes = scopesOf(mode).filter((scope) => chosen.includes(scope));
  const [lifetime, setLifetime] = useState<number>(USUAL_LIFETIME);
  const [isUnscoped, setUnscoped] = useState(false);
  const form = useForm({
    request: "CreateApiKeyRequest",
    inputs: INPUTS,
    submit: async ({ name }) => {
      setUnscoped(scopes.length === 0);
      if (scopes.length > 0)
        await attempt(
          () => send(name),
          () => void form.submit(),
        );
    },
  });

  async function send(name: string) {
    onCreated(
      await create({ createApiKeyRequest: { name, mode, scopes, expires_in_days: lifetime } }).unwrap(),
    );
  }

  return (
    <>
      <FormDialog title={t("create.title")} onClose={onClose} submitLabel={t("create.submit")} form={form}>
        <Field {...form.field("name")} label={t("create.name")} hint={t("create.nameHint")} autoFocus />
        <ModeChoice chosen={mode} onChange={setMode} />
        <ScopeChoice
          mode={mode}
          chosen={scopes}
          onChange={setScopes}
          error={isUnscoped ? t("create.noScope") : undefined}
        />
        <SelectField
          label={t("create.lifetime")}
          value={lifetime}
          onChange={(event) => setLifetime(Number(event.target.value))}
        >
          {LIFETIMES.map((days) => (
            <option key={days} value={days}>
              {t("create.days", { days })}
            </option>
          ))}
        </SelectField>
      </FormDialog>
      {dialog}
    </>
  );
}
