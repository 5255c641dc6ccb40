import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { TitledRow } from "@/components/TitledRow";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { PasskeyResponse } from "@/lib/api/client.generated";
import { formatDate, formatDateTime } from "@/lib/format";
import { usePasskeysRemoveMutation } from "../api/passkeys";

interface Props {
  passkey: PasskeyResponse;
  onRename: () => void;
  onRemoved: () => void;
}

/** A passkey: its name and times, and the buttons that rename and remove it. */
export function PasskeyRow({ passkey, onRename, onRemoved }: Props) {
  const { t } = useTranslation("account");
  const [remove, { isLoading, error }] = usePasskeysRemoveMutation();
  const { run, dialog } = useReauthentication();
  const { id, name, is_synced, created_at, used_at } = passkey;

  async function send() {
    const result = await remove({ passkeyId: id });
    if (result.data) onRemoved();
    return result;
  }

  return (
    <>
      <TitledRow
        title={name}
        problem={needsReauthentication(error) ? null : error}
        actions={
          <>
            <Button
              variant="outlined"
              size="small"
              aria-label={t("passkeys.renameOf", { name })}
              onClick={onRename}
            >
              {t("passkeys.rename")}
            </Button>
            <Button
              variant="outlined"
              color="error"
              size="small"
              busy={isLoading}
              aria-label={t("passkeys.removeOf", { name })}
              onClick={() => void run(send)}
            >
              {t("passkeys.remove")}
            </Button>
          </>
        }
      >
        <Muted small>
          {t(is_synced ? "passkeys.synced" : "passkeys.single", { date: formatDate(created_at) })}
        </Muted>
        <Muted small>
          {used_at ? t("passkeys.used", { time: formatDateTime(used_at) }) : t("passkeys.neverUsed")}
        </Muted>
      </TitledRow>
      {dialog}
    </>
  );
}
