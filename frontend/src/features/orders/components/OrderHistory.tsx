import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { EventResponse } from "@/lib/api/client.generated";
import { useOrdersListEventsQuery } from "../api/listOrderEvents";
import { OrderEvent } from "./OrderEvent";

const SHORT_LENGTH = 5;

/** The audit trail of the order, newest event first. */
export function OrderHistory({ orderId }: { orderId: string }) {
  const { t } = useTranslation("orders");
  const { data, error, refetch } = useOrdersListEventsQuery({ orderId });
  const [expanded, setExpanded] = useState(false);
  const events = newestFirst(data ?? []);
  const shown = expanded ? events : events.slice(0, SHORT_LENGTH);

  return (
    <section className="card stack no-print" aria-labelledby="history">
      <h2 id="history">{t("history")}</h2>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <ol className="plain-list history">
        {shown.map((event) => (
          <OrderEvent key={event.id} event={event} />
        ))}
      </ol>
      {shown.length < events.length && (
        <div>
          <Button size="small" onClick={() => setExpanded(true)}>
            {t("historyWhole", { count: events.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function newestFirst(events: EventResponse[]): EventResponse[] {
  return [...events].sort((first, second) => second.id.localeCompare(first.id));
}
