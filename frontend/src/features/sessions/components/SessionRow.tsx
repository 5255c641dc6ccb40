import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import { Badge } from "@/components/Badge";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import { TitledRow } from "@/components/TitledRow";
import { needsReauthentication, useReauthentication } from "@/components/useReauthentication";
import type { SessionResponse } from "@/lib/api/client.generated";
import { formatDateTime } from "@/lib/format";
import { useSessionsEndMutation } from "../api/endSession";

/** A session: its device, its place and times, and the button that ends it. */
export function SessionRow({ session }: { session: SessionResponse }) {
  const { t } = useTranslation("sessions");
  const [endSession, { isLoading, error }] = useSessionsEndMutation();
  const { run, dialog } = useReauthentication();
  const device = [session.browser, session.system].filter(Boolean).join(", ") || t("unknownDevice");

  async function end() {
    const result = await endSession({ sessionId: session.id });
    if (result.data) announce(t("ended", { device }));
    return result;
  }

  return (
    <>
      <TitledRow
        title={device}
        problem={needsReauthentication(error) ? null : error}
        actions={
          session.is_current ? (
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
          )
        }
      >
        <Muted small className="wrap">
          {session.place
            ? t("from", { place: session.place, address: session.network_address })
            : session.network_address}
        </Muted>
        <Muted small>{t("since", { time: formatDateTime(session.created_at) })}</Muted>
        <Muted small>{t("used", { time: formatDateTime(session.used_at) })}</Muted>
      </TitledRow>
      {dialog}
    </>
  );
}
