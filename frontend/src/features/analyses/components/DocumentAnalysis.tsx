import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useServerText } from "@/components/translateServerText";
import { useDownload } from "@/features/documents/useDownload";
import type { LineItemView, ReadingView } from "@/lib/api/client.generated";
import type { Place } from "../pageLocation";
import { DataTable } from "./DataTable";
import { FactList } from "./FactList";
import { Section } from "./Section";

interface Props {
  reading: ReadingView;
  place: Place | null;
  onPlace: (place: Place) => void;
}

/** One document: what it is, what to know before relying on it, and everything it states. */
export function Reading({ reading, place, onPlace }: Props) {
  const { t, i18n } = useTranslation("analysis");
  const said = useServerText();
  const original = useDownload(reading.document_id);
  const { facts = [], line_items = [], tables = [], summary = [], warnings = [], unread = [] } = reading;
  const kind = reading.kind && i18n.exists(`analysis:kinds.${reading.kind}`) ? reading.kind : "other";
  const known = [
    t(`kinds.${kind}` as "kinds.other"),
    reading.page_count ? t("pages", { count: reading.page_count }) : null,
  ];
  const cautions = [
    ...warnings.map(({ text }) => said(text)),
    ...unread.map(({ page, reason }) => (page ? t("unread", { page, reason: said(reason) }) : said(reason))),
  ];

  return (
    <Section title={reading.filename}>
      <div className="row between no-print-gap">
        <p className="muted">{known.filter(Boolean).join(" · ")}</p>
        <div className="row tight no-print">
          {reading.page_count && (
            <Button
              size="small"
              onClick={() =>
                onPlace({
                  documentId: reading.document_id,
                  filename: reading.filename,
                  page: 1,
                  box: null,
                  factId: null,
                })
              }
            >
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
      {cautions.map((text) => (
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
          <FactList reading={reading} place={place} onPlace={onPlace} />
        </div>
      )}
      {line_items.length > 0 && <LineItems items={line_items} />}
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
        <div className="stack tight" key={index}>
          <h3>{t("table", { number: index + 1 })}</h3>
          <DataTable rows={table.rows} label={t("table", { number: index + 1 })} />
        </div>
      ))}
    </Section>
  );
}

const COLUMNS = ["description", "quantity", "unit_price", "amount"] as const;

/** An invoice's or receipt's positions; a column that none of them fills is left out. */
function LineItems({ items }: { items: LineItemView[] }) {
  const { t } = useTranslation("analysis");
  const filled = COLUMNS.filter((column) => items.some((item) => item[column]));
  const rows = [
    filled.map((column) => t(`columns.${column}`)),
    ...items.map((item) => filled.map((column) => item[column] ?? "")),
  ];
  return (
    <div className="stack tight">
      <h3>{t("lineItems")}</h3>
      <DataTable rows={rows} label={t("lineItems")} numbersFrom={1} />
    </div>
  );
}
