import Stack from "@mui/material/Stack";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { SelectField } from "@/components/SelectField";
import { useCodeMessage } from "@/components/useCodeMessage";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { CreateApiKeyRequest, CreatedApiKeyResponse } from "@/lib/api/client.generated";
import { maxLengths } from "@/lib/api/maxLengths.generated";
import { isProblem } from "@/lib/api/problem";
import { useAuthCreateKeyMutation } from "../api/createKey";
import { SCOPES } from "../scopes";
import { ScopeChoice } from "./ScopeChoice";

const LIFETIMES = [7, 30, 90, 365] as const;
const USUAL_LIFETIME = 90;

interface Props {
  onClose: () => void;
  onCreated: (created: CreatedApiKeyResponse) => void;
}

/** Asks for the name, the scopes and the lifetime of a new key, and creates it. */
export function CreateKeyDialog({ onClose, onCreated }: Props) {
  const { t } = useTranslation("apiKeys");
  const codeMessage = useCodeMessage();
  const [create, { isLoading, error }] = useAuthCreateKeyMutation();
  const { run, dialog } = useReauthentication();
  const [isUnscoped, setUnscoped] = useState(false);
  const nameReason = isProblem(error) ? error.fields.name : undefined;

  async function send(createApiKeyRequest: CreateApiKeyRequest) {
    const result = await create({ createApiKeyRequest });
    if (result.data) onCreated(result.data);
    return result;
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const scopes = SCOPES.filter((scope) => values.getAll("scope").includes(scope));
    setUnscoped(scopes.length === 0);
    if (scopes.length === 0 || isLoading) return;
    const expires_in_days = Number(values.get("lifetime"));
    void run(() => send({ name: String(values.get("name")), scopes, expires_in_days }));
  }

  return (
    <>
      <Modal
        title={t("create.title")}
        onClose={onClose}
        onSubmit={submit}
        actions={
          <>
            <Button color="neutral" onClick={onClose}>
              {t("create.cancel")}
            </Button>
            <Button type="submit" variant="contained" busy={isLoading}>
              {t("create.submit")}
            </Button>
          </>
        }
      >
        <Stack spacing={2}>
          <ProblemAlert problem={needsReauthentication(error) || nameReason ? undefined : error} />
          <Field
            name="name"
            label={t("create.name")}
            hint={t("create.nameHint")}
            error={nameReason && codeMessage("field", nameReason)}
            maxLength={maxLengths.CreateApiKeyRequest.name}
            autoFocus
            required
          />
          <ScopeChoice error={isUnscoped ? t("create.noScope") : undefined} />
          <SelectField name="lifetime" label={t("create.lifetime")} defaultValue={USUAL_LIFETIME}>
            {LIFETIMES.map((days) => (
              <option key={days} value={days}>
                {t("create.days", { days })}
              </option>
            ))}
          </SelectField>
        </Stack>
      </Modal>
      {dialog}
    </>
  );
}
