import { useTranslation } from "react-i18next";
import type { EventResponse } from "@/lib/api/client.generated";
import { formatDateTime, formatMoney } from "@/lib/format";

/** One entry of the audit trail, with the document or the amount that it is about. */
export function OrderEvent({ event: { what, at, facts } }: { event: EventResponse }) {
  const { t, i18n } = useTranslation("orders");
  const { filename, amount, currency, api_key_id: keyId } = facts;
  const name = i18n.exists(`orders:events.${what}`)
    ? t(`events.${what}` as "events.opened")
    : what.replaceAll("_", " ");
  return (
    <li>
      <div className="stack hair">
        <span>{name}</span>
        {filename !== undefined && <span className="small wrap">{filename}</span>}
        {typeof amount === "number" && typeof currency === "string" && (
          <span className="small">{formatMoney(amount, currency)}</span>
        )}
        {typeof keyId === "string" && (
          <span className="muted small wrap">{t("byApiKey", { id: keyId })}</span>
        )}
        <time className="muted small" dateTime={at}>
          {formatDateTime(at)}
        </time>
      </div>
    </li>
  );
}
