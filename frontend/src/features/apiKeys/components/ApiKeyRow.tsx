import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Muted } from "@/components/Muted";
import { TitledRow } from "@/components/TitledRow";
import type { ApiKeyResponse } from "@/lib/api/client.generated";
import { formatDate, formatDateTime, formatList } from "@/lib/format";
import { RevokeKeyDialog } from "./RevokeKeyDialog";

const COLORS: Record<ApiKeyResponse["status"], BadgeColor> = {
  active: "success",
  expired: "neutral",
  ended: "error",
};

interface Props {
  apiKey: ApiKeyResponse;
  onRevoked: () => void;
}

/** A key: its name, what it may be used for, its times, and the button that revokes it. */
export function ApiKeyRow({ apiKey, onRevoked }: Props) {
  const { t } = useTranslation("apiKeys");
  const [isAsking, setAsking] = useState(false);
  const { name, mode, hint, id, status, scopes, created_at, expires_at, last_used_at } = apiKey;
  return (
    <>
      <TitledRow
        title={name}
        actions={
          <Button
            variant="outlined"
            color="error"
            size="small"
            aria-label={t("revokeOf", { name })}
            onClick={() => setAsking(true)}
          >
            {t("revoke")}
          </Button>
        }
      >
        <Inline spacing={1}>
          <Badge color={COLORS[status]}>{t(`status.${status}`)}</Badge>
          {mode === "test" && <Badge color="info">{t("mode.test.name")}</Badge>}
          <code>{t("hint", { hint })}</code>
        </Inline>
        <Muted small>
          {t("scopes", { list: formatList(scopes.map((scope) => t(`scope.${scope}.name`))) })}
        </Muted>
        <Muted small>
          {t("times", { created: formatDate(created_at), expires: formatDate(expires_at) })}
        </Muted>
        <Muted small>
          {last_used_at ? t("used", { time: formatDateTime(last_used_at) }) : t("neverUsed")}
        </Muted>
        <Muted small className="wrap">
          {t("id", { id })}
        </Muted>
      </TitledRow>
      {isAsking && <RevokeKeyDialog apiKey={apiKey} onClose={() => setAsking(false)} onRevoked={onRevoked} />}
    </>
  );
}
