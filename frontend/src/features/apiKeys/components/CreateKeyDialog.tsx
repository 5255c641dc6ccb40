import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Field } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { CreateApiKeyRequest, CreatedApiKeyResponse } from "@/lib/api/client.generated";
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
  const lifetimeId = useId();
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
        <div className="stack dialog-body">
          <ProblemAlert problem={needsReauthentication(error) || nameReason ? undefined : error} />
          <Field
            name="name"
            label={t("create.name")}
            hint={t("create.nameHint")}
            error={nameReason && codeMessage("field", nameReason)}
            maxLength={100}
            autoFocus
            required
          />
          <ScopeChoice error={isUnscoped ? t("create.noScope") : undefined} />
          <div className="row between">
            <label htmlFor={lifetimeId}>{t("create.lifetime")}</label>
            <select id={lifetimeId} name="lifetime" className="select" defaultValue={USUAL_LIFETIME}>
              {LIFETIMES.map((days) => (
                <option key={days} value={days}>
                  {t("create.days", { days })}
                </option>
              ))}
            </select>
          </div>
        </div>
      </Modal>
      {dialog}
    </>
  );
}
