import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/components/ProblemAlert";
import { TextLink } from "@/components/TextLink";
import { Title } from "@/components/Title";
import { routes } from "@/lib/routes";
import { usePolling } from "@/lib/usePolling";
import { useAuthGetExportQuery } from "../api/export";
import { ExportCard } from "../components/ExportCard";

/** Everything that is stored of the customer, as archives to download. */
export default function ExportPage() {
  const { t } = useTranslation("exports");
  const query = useAuthGetExportQuery();
  const { data: latest, error, isLoading, refetch } = query;
  const isSlow = usePolling(query, latest?.status === "making");
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
      {latest && <ExportCard latest={latest} isSlow={isSlow} onRefused={() => void refetch()} />}
      <section className="card stack" aria-labelledby="export-content">
        <h2 id="export-content">{t("content.title")}</h2>
        <ul>
          <li>{t("content.account")}</li>
          <li>{t("content.orders")}</li>
          <li>{t("content.files")}</li>
          <li>{t("content.results")}</li>
        </ul>
        <p className="muted">{t("content.not")}</p>
      </section>
    </div>
  );
}
