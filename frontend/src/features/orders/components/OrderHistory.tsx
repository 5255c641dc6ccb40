import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { EventView } from "@/lib/api/client.generated";
import { formatDateTime, formatMoney } from "@/lib/format";
import { useOrdersListEventsQuery } from "../api";

const SHORT = 5;

/** The order's audit trail, newest first. */
export function OrderHistory({ orderId }: { orderId: string }) {
  const { t, i18n } = useTranslation("orders");
  const { data: events, error, refetch } = useOrdersListEventsQuery({ orderId });
  const [whole, setWhole] = useState(false);
  const all = newestFirst(events ?? []);
  const shown = whole ? all : all.slice(0, SHORT);
  const words = (what: string) =>
    i18n.exists(`orders:events.${what}`) ? t(`events.${what}` as "events.opened") : what.replaceAll("_", " ");

  return (
    <section className="card stack no-print" aria-labelledby="history">
      <h2 id="history">{t("history")}</h2>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <ol className="plain-list history">
        {shown.map((event) => (
          <li key={event.id}>
            <div className="stack hair">
              <span>{words(event.what)}</span>
              <EventDetails of={event} />
              <time className="muted small" dateTime={event.at}>
                {formatDateTime(event.at)}
              </time>
            </div>
          </li>
        ))}
      </ol>
      {shown.length < all.length && (
        <div>
          <Button size="small" onClick={() => setWhole(true)}>
            {t("historyWhole", { count: all.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Which document, or how much. */
function EventDetails({ of: { facts } }: { of: EventView }) {
  const { filename, amount, currency } = facts;
  if (filename !== undefined) return <span className="small wrap">{filename}</span>;
  if (typeof amount === "number" && typeof currency === "string")
    return <span className="small">{formatMoney(amount, currency)}</span>;
  return null;
}

function newestFirst(events: EventView[]): EventView[] {
  return [...events].sort((one, other) => other.id.localeCompare(one.id));
}
