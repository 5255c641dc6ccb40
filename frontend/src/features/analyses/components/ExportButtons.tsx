import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { Language } from "@/lib/i18n";
import { useLazyAnalysesReportQuery } from "../api";

const FORMATS = ["json", "csv", "pdf"] as const;

/** The ways to take the whole result along: the service's report in three formats, and paper. */
export function ExportButtons({ orderId }: { orderId: string }) {
  const { t, i18n } = useTranslation("analysis");
  const [fetchReport, { error, isFetching }] = useLazyAnalysesReportQuery();
  const [wanted, setWanted] = useState<(typeof FORMATS)[number] | null>(null);

  async function download(format: (typeof FORMATS)[number]) {
    setWanted(format);
    const { data } = await fetchReport({ orderId, format, language: i18n.language as Language });
    if (data) window.location.assign(data.url);
  }

  return (
    <div className="stack tight no-print">
      <div className="row">
        {FORMATS.map((format) => (
          <Button
            key={format}
            size="small"
            variant="outlined"
            busy={isFetching && wanted === format}
            onClick={() => void download(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
        <Button size="small" variant="outlined" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <ProblemAlert problem={error} onRetry={() => wanted && void download(wanted)} />
    </div>
  );
}
