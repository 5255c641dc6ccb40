import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Panel } from "@/components/Panel";
import { PlainList } from "@/components/PlainList";
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
    <Panel className="no-print" aria-labelledby="history">
      <Typography variant="h2" id="history">
        {t("history")}
      </Typography>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <PlainList component="ol" spacing={1.75}>
        {shown.map((event) => (
          <OrderEvent key={event.id} event={event} />
        ))}
      </PlainList>
      {shown.length < events.length && (
        <div>
          <Button size="small" onClick={() => setExpanded(true)}>
            {t("historyWhole", { count: events.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function newestFirst(events: EventResponse[]): EventResponse[] {
  return [...events].sort((first, second) => second.id.localeCompare(first.id));
}
