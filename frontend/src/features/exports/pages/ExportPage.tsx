import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import { Panel } from "@/components/Panel";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";
import { usePolling } from "@/lib/usePolling";
import { useExportsGetQuery } from "../api/export";
import { ExportCard } from "../components/ExportCard";

/** Everything that is stored of the customer, as archives to download. */
export default function ExportPage() {
  const { t } = useTranslation("exports");
  const query = useExportsGetQuery();
  const { data: latest, error, isLoading, refetch } = query;
  const isSlow = usePolling(query, latest?.status === "making");
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
      {latest && <ExportCard latest={latest} isSlow={isSlow} onRefused={() => void refetch()} />}
      <Panel aria-labelledby="export-content">
        <Typography variant="h2" id="export-content">
          {t("content.title")}
        </Typography>
        <ul>
          <li>{t("content.account")}</li>
          <li>{t("content.orders")}</li>
          <li>{t("content.files")}</li>
          <li>{t("content.results")}</li>
        </ul>
        <Muted>{t("content.not")}</Muted>
      </Panel>
    </Stack>
  );
}
