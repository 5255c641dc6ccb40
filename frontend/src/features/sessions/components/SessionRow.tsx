import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { SessionResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";
import { useAuthEndSessionMutation } from "../api/endSession";

/** A session: its device, its place and times, and the button that ends it. */
export function SessionRow({ session }: { session: SessionResponse }) {
  const { t } = useTranslation("sessions");
  const [endSession, { isLoading, error }] = useAuthEndSessionMutation();
  const { run, dialog } = useReauthentication();
  const device = [session.browser, session.system].filter(Boolean).join(", ") || t("unknownDevice");

  async function end() {
    const result = await endSession({ sessionId: session.id });
    if (result.data) announce(t("ended", { device }));
    return result;
  }

  return (
    <li className="stack tight">
      <div className="row between top">
        <div className="grow">
          <h3 className="wrap">{device}</h3>
          <p className="muted small wrap">
            {session.place
              ? t("from", { place: session.place, address: session.network_address })
              : session.network_address}
          </p>
          <p className="muted small">{t("since", { time: formatDateTime(session.created_at) })}</p>
          <p className="muted small">{t("used", { time: formatDateTime(session.used_at) })}</p>
        </div>
        {session.is_current ? (
          <Badge color="success">{t("current")}</Badge>
        ) : (
          <Button
            variant="outlined"
            color="error"
            size="small"
            busy={isLoading}
            aria-label={t("endOf", { device })}
            onClick={() => void run(end)}
          >
            {t("end")}
          </Button>
        )}
      </div>
      <ProblemAlert problem={needsReauthentication(error) ? null : error} />
      {dialog}
    </li>
  );
}
