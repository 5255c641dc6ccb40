import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { PlainList } from "@/components/PlainList";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";
import { useSessionsListQuery } from "../api/listSessions";
import { EndOthersCard } from "../components/EndOthersCard";
import { SessionRow } from "../components/SessionRow";

/** Where the customer is signed in. */
export default function SessionsPage() {
  const { t } = useTranslation("sessions");
  const { data: sessions, error, isLoading, refetch } = useSessionsListQuery();
  return (
    <Stack spacing={3} sx={{ maxWidth: 680, mx: "auto" }}>
      <Title of={t("title")} />
      <Stack spacing={0.75}>
        <TextLink to={routes.account}>{t("back")}</TextLink>
        <Typography variant="h1">{t("title")}</Typography>
        <Muted>{t("text")}</Muted>
      </Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {isLoading && <Skeleton height={160} role="status" aria-label={t("loading")} />}
      {sessions && (
        <>
          <Panel aria-labelledby="open-sessions">
            <Typography variant="h2" id="open-sessions">
              {t("open")}
            </Typography>
            <PlainList spacing={3}>
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </PlainList>
          </Panel>
          <EndOthersCard isAlone={sessions.every((session) => session.is_current)} />
        </>
      )}
    </Stack>
  );
}
