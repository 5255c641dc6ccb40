import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useDownload } from "@/features/documents/useDownload";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import type { PageLocation } from "../pageLocation";
import { DataTable } from "./DataTable";
import { FactList } from "./FactList";
import { LineItemTable } from "./LineItemTable";
import { Section } from "./Section";
import { TransactionTable } from "./TransactionTable";

interface Props {
  reading: DocumentAnalysisResponse;
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

/** One document of the analysis: kind, warnings, summary, facts, line items and tables. */
export function DocumentAnalysis({ reading, location, onSelect }: Props) {
  const { t, i18n } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const original = useDownload(reading.document_id);
  const { facts = [], line_items = [], tables = [], summary = [], warnings = [], unread = [] } = reading;
  const { transactions = [] } = reading;
  const kind = reading.kind && i18n.exists(`analysis:kinds.${reading.kind}`) ? reading.kind : "other";
  const properties = [
    t(`kinds.${kind}` as "kinds.other"),
    reading.page_count ? t("pages", { count: reading.page_count }) : null,
  ];
  const notices = [
    ...warnings.map(({ code, params = {}, text }) =>
      codeMessage("warning", { code, params, fallback: text }),
    ),
    ...unread.map(({ page, code, params, reason }) => {
      const message = codeMessage("document", { code, params, fallback: reason });
      return page ? t("unread", { page, reason: message }) : message;
    }),
  ];
  const showFirstPage = () =>
    onSelect({
      documentId: reading.document_id,
      filename: reading.filename,
      page: 1,
      box: null,
      factId: null,
    });

  return (
    <Section title={reading.filename}>
      <div className="row between no-print-gap">
        <p className="muted">{properties.filter(Boolean).join(" · ")}</p>
        <div className="row tight no-print">
          {reading.page_count && (
            <Button size="small" onClick={showFirstPage}>
              {t("viewer.open")}
            </Button>
          )}
          <Button
            size="small"
            busy={original.busy}
            onClick={original.download}
            aria-label={t("originalOf", { name: reading.filename })}
          >
            {t("original")}
          </Button>
        </div>
      </div>
      <ProblemAlert problem={original.error} />
      {reading.headline && <p className="wrap">{reading.headline}</p>}
      {notices.map((text) => (
        <Notice key={text} severity="warning">
          {text}
        </Notice>
      ))}
      {summary.length > 0 && (
        <div className="stack tight">
          <h3>{t("summary")}</h3>
          {summary.map(({ text }) => (
            <p key={text} className="wrap">
              {text}
            </p>
          ))}
        </div>
      )}
      {facts.length > 0 && (
        <div className="stack tight">
          <h3>{t("factsTitle")}</h3>
          <FactList reading={reading} location={location} onSelect={onSelect} />
        </div>
      )}
      {line_items.length > 0 && <LineItemTable items={line_items} />}
      {transactions.length > 0 && <TransactionTable transactions={transactions} />}
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
        <div className="stack tight" key={index}>
          <h3>{t("table", { number: index + 1 })}</h3>
          <DataTable rows={table.rows} label={t("table", { number: index + 1 })} />
        </div>
      ))}
    </Section>
  );
}
