import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { Language } from "@/lib/i18n";
import { useLazyAnalysesReportQuery } from "../api/getReport";

const FORMATS = ["json", "csv", "pdf"] as const;
type Format = (typeof FORMATS)[number];

/** Buttons that download the report in three formats, or print the page. */
export function ExportButtons({ orderId }: { orderId: string }) {
  const { t, i18n } = useTranslation("analysis");
  const [fetchReport, { error, isFetching }] = useLazyAnalysesReportQuery();
  const [selectedFormat, setSelectedFormat] = useState<Format | null>(null);

  async function download(format: Format) {
    setSelectedFormat(format);
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
            busy={isFetching && selectedFormat === format}
            onClick={() => void download(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
        <Button size="small" variant="outlined" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <ProblemAlert problem={error} onRetry={() => selectedFormat && void download(selectedFormat)} />
    </div>
  );
}
