import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/ProblemAlert";
import { moment } from "@/lib/format";
import { useOrderEventsQuery } from "../api";

/** The order's audit trail, newest first. */
export function History({ orderId }: { orderId: string }) {
  const { t, i18n } = useTranslation("orders");
  const { data: events, error, refetch } = useOrderEventsQuery(orderId);
  const words = (what: string) =>
    i18n.exists(`orders:events.${what}`) ? t(`events.${what}` as "events.opened") : what.replaceAll("_", " ");

  return (
    <Paper component="section" className="card stack no-print" aria-labelledby="history">
      <Typography variant="h2" id="history">
        {t("history")}
      </Typography>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <ol className="plain history">
        {[...(events ?? [])]
          .sort((one, other) => other.at.localeCompare(one.at))
          .map((event) => (
            <li key={`${event.at}${event.what}`}>
              <span>
                {words(event.what)}
                <br />
                <span className="soft small">{moment(event.at)}</span>
              </span>
            </li>
          ))}
      </ol>
    </Paper>
  );
}
