import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { PlainList } from "@/components/PlainList";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { PasskeyResponse } from "@/lib/api/client.generated";
import { hasPasskeys } from "@/lib/passkeys";
import { usePasskeysListQuery } from "../api/passkeys";
import { AddPasskeyDialog } from "./AddPasskeyDialog";
import { PasskeyRow } from "./PasskeyRow";
import { RenamePasskeyDialog } from "./RenamePasskeyDialog";

/** The passkeys of the account: a list, and what adds another. */
export function PasskeysCard() {
  const { t } = useTranslation("account");
  const { data: passkeys, error, isLoading, refetch } = usePasskeysListQuery();
  const [isAdding, setAdding] = useState(false);
  // The dialog is not in the row, which goes when the passkey was removed elsewhere.
  const [renaming, setRenaming] = useState<PasskeyResponse | null>(null);
  const [done, setDone] = useState<{ name: string; what: "added" | "renamed" | "removed" } | null>(null);

  return (
    <Panel aria-labelledby="passkeys">
      <Typography variant="h2" id="passkeys">
        {t("passkeys.title")}
      </Typography>
      <Muted>{t("passkeys.text")}</Muted>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {done && <Notice severity="success">{t(`passkeys.${done.what}`, { name: done.name })}</Notice>}
      {isLoading && <Skeleton role="status" aria-label={t("passkeys.loading")} />}
      {passkeys?.length === 0 && <Muted>{t("passkeys.empty")}</Muted>}
      {passkeys && passkeys.length > 0 && (
        <PlainList spacing={2} aria-labelledby="passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={() => {
                setDone(null);
                setRenaming(passkey);
              }}
              onRemoved={() => setDone({ name: passkey.name, what: "removed" })}
            />
          ))}
        </PlainList>
      )}
      {hasPasskeys() ? (
        <Inline>
          <Button
            variant="outlined"
            onClick={() => {
              setDone(null);
              setAdding(true);
            }}
          >
            {t("passkeys.begin")}
          </Button>
        </Inline>
      ) : (
        <Notice severity="info">{t("passkeys.unsupported")}</Notice>
      )}
      {renaming && (
        <RenamePasskeyDialog
          passkey={renaming}
          onClose={() => setRenaming(null)}
          onRenamed={(name) => {
            setRenaming(null);
            setDone({ name, what: "renamed" });
          }}
        />
      )}
      {isAdding && (
        <AddPasskeyDialog
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false);
            setDone({ name, what: "added" });
          }}
        />
      )}
    </Panel>
  );
}
