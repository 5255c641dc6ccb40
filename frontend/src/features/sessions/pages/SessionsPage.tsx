import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";
import { useAuthSessionsQuery } from "../api/listSessions";
import { EndOthersCard } from "../components/EndOthersCard";
import { SessionRow } from "../components/SessionRow";

/** Where the customer is signed in. */
export default function SessionsPage() {
  const { t } = useTranslation("sessions");
  const { data: sessions, error, isLoading, refetch } = useAuthSessionsQuery();
  return (
    <div className="stack loose narrow">
      <Title of={t("title")} />
      <div className="stack tight">
        <TextLink to={routes.account}>{t("back")}</TextLink>
        <h1>{t("title")}</h1>
        <p className="muted">{t("text")}</p>
      </div>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <div className="card skeleton text-line" role="status" aria-label={t("loading")} />}
      {sessions && (
        <>
          <section className="card stack" aria-labelledby="open-sessions">
            <h2 id="open-sessions">{t("open")}</h2>
            <ul className="stack loose plain-list">
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
          </section>
          <EndOthersCard isAlone={sessions.every((session) => session.is_current)} />
        </>
      )}
    </div>
  );
}
