import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeColor } from "@/components/Badge";
import { Button } from "@/components/Button";
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
  const { name, hint, id, status, scopes, created_at, expires_at, last_used_at } = apiKey;
  return (
    <li className="row between top">
      <div className="grow">
        <h3 className="wrap">{name}</h3>
        <div className="row tight">
          <Badge color={COLORS[status]}>{t(`status.${status}`)}</Badge>
          <code>{t("hint", { hint })}</code>
        </div>
        <p className="muted small">
          {t("scopes", { list: formatList(scopes.map((scope) => t(`scope.${scope}.name`))) })}
        </p>
        <p className="muted small">
          {t("times", { created: formatDate(created_at), expires: formatDate(expires_at) })}
        </p>
        <p className="muted small">
          {last_used_at ? t("used", { time: formatDateTime(last_used_at) }) : t("neverUsed")}
        </p>
        <p className="muted small wrap">{t("id", { id })}</p>
      </div>
      <Button
        variant="outlined"
        color="error"
        size="small"
        aria-label={t("revokeOf", { name })}
        onClick={() => setAsking(true)}
      >
        {t("revoke")}
      </Button>
      {isAsking && <RevokeKeyDialog apiKey={apiKey} onClose={() => setAsking(false)} onRevoked={onRevoked} />}
    </li>
  );
}
