import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Paper from "@mui/material/Paper";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link as To, useParams } from "react-router";
import { announce } from "@/components/announce";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useShortcut } from "@/components/shortcuts";
import { Title } from "@/components/Title";
import type { Analysis, AnalysisResult, Reading } from "@/lib/api/model";
import { isProblem } from "@/lib/api/problem";
import { useAnalysisQuery } from "../api";
import { TimelineChart, TotalsChart } from "../components/Charts";
import { DataTable, rowsOf } from "../components/DataTable";
import { Facts } from "../components/Facts";
import { PageViewer, type Place } from "../components/PageViewer";
import { asCsv, asJson, save } from "../save";

export default function AnalysisPage() {
  const { t } = useTranslation("analysis");
  const { orderId = "" } = useParams();
  const { data, error, refetch } = useAnalysisQuery(orderId, { refetchOnMountOrArgChange: true });
  const notYet = isProblem(error) && error.status === 404;

  return (
    <div className="stack loose">
      <Title of={t("title")} />
      <div className="row between">
        <div className="stack tight">
          <Link component={To} to={`/orders/${orderId}`} className="no-print">
            {t("back")}
          </Link>
          <Typography variant="h1">{t("title")}</Typography>
        </div>
        {data?.result && !data.result.preview && <Keep analysis={data} />}
      </div>
      {notYet && <Alert severity="info">{t("notYet")}</Alert>}
      {error && !notYet && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={420} />}
      {data?.result && <Result result={data.result} orderId={orderId} />}
    </div>
  );
}

function Keep({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation("analysis");
  const name = `docket-${analysis.order_id}`;
  return (
    <div className="row no-print">
      <Button
        size="small"
        variant="outlined"
        onClick={() => save(asJson(analysis), "application/json", `${name}.json`)}
      >
        JSON
      </Button>
      <Button
        size="small"
        variant="outlined"
        onClick={() => save(asCsv(analysis), "text/csv", `${name}.csv`)}
      >
        CSV
      </Button>
      <Button size="small" variant="outlined" onClick={() => window.print()}>
        {t("print")}
      </Button>
    </div>
  );
}

function Result({ result, orderId }: { result: AnalysisResult; orderId: string }) {
  const { t } = useTranslation("analysis");
  const [place, setPlace] = useState<Place | null>(null);
  const places = result.documents.flatMap(placesOf);

  function step(by: number) {
    const at = place ? places.findIndex((other) => JSON.stringify(other) === JSON.stringify(place)) : -1;
    const next = places[Math.min(Math.max(at + by, 0), places.length - 1)];
    if (next) show(next);
  }
  function show(next: Place) {
    setPlace(next);
    announce(t("viewer.shown", { page: next.page, name: next.filename }));
  }
  useShortcut("j", t("keys.next"), () => step(1), places.length > 0);
  useShortcut("k", t("keys.previous"), () => step(-1), places.length > 0);

  const { unreadable = [], contradictions = [], duplicates = [], totals = [], timeline = [] } = result;
  return (
    <>
      {result.preview && (
        <Alert
          severity="info"
          action={
            <Button component={To} to={`/orders/${orderId}`} color="inherit" size="small">
              {t("preview.pay")}
            </Button>
          }
        >
          {t("preview.text")}
        </Alert>
      )}
      {unreadable.map(({ document_id, filename, reason }) => (
        <Alert key={document_id} severity="warning">
          {t("unreadable", { name: filename, reason })}
        </Alert>
      ))}
      {contradictions.map((found) => (
        <Alert key={JSON.stringify(found)} severity="warning">
          {found.message ?? found.reason ?? t("contradiction")}
        </Alert>
      ))}
      {duplicates.map((found) => (
        <Alert key={JSON.stringify(found)} severity="info">
          {t("duplicate", { names: namesOf(found.document_ids ?? [], result.documents) })}
        </Alert>
      ))}
      <div className="analysis">
        <div className="stack loose">
          {result.documents.map((reading) => (
            <ReadingCard key={reading.document_id} reading={reading} place={place} onPlace={show} />
          ))}
          {totals.length > 0 && (
            <Section title={t("totals")}>
              <TotalsChart totals={totals} />
            </Section>
          )}
          {timeline.length > 0 && (
            <Section title={t("timeline.title")}>
              <TimelineChart timeline={timeline} />
            </Section>
          )}
        </div>
        {place ? (
          <PageViewer place={place} onPage={(page) => setPlace({ ...place, page, box: null })} />
        ) : (
          <Paper className="card viewer empty">
            <p className="soft">{t(places.length > 0 ? "viewer.hint" : "viewer.nothing")}</p>
          </Paper>
        )}
      </div>
    </>
  );
}

interface ReadingProps {
  reading: Reading;
  place: Place | null;
  onPlace: (place: Place) => void;
}

function ReadingCard({ reading, place, onPlace }: ReadingProps) {
  const { t, i18n } = useTranslation("analysis");
  const { facts = [], line_items = [], tables = [], summary = [], warnings = [], unread = [] } = reading;
  const kind = reading.kind && i18n.exists(`analysis:kinds.${reading.kind}`) ? reading.kind : "other";
  return (
    <Section title={reading.filename}>
      <p className="soft">
        {t(`kinds.${kind}` as "kinds.other")}
        {reading.page_count ? ` · ${t("pages", { count: reading.page_count })}` : ""}
      </p>
      {reading.headline && <p className="clip">{reading.headline}</p>}
      {reading.page_count ? (
        <div className="no-print">
          <Button
            size="small"
            onClick={() =>
              onPlace({ documentId: reading.document_id, filename: reading.filename, page: 1, box: null })
            }
          >
            {t("viewer.open")}
          </Button>
        </div>
      ) : null}
      {[
        ...warnings,
        ...unread.map(({ page, reason }) => (page ? t("unread", { page, reason }) : reason)),
      ].map((warning) => (
        <Alert key={warning} severity="warning">
          {warning}
        </Alert>
      ))}
      {summary.length > 0 && (
        <div className="stack tight">
          <Typography variant="h3">{t("summary")}</Typography>
          {summary.map((sentence) => {
            const text = typeof sentence === "string" ? sentence : sentence.text;
            return (
              <p key={text} className="clip">
                {text}
              </p>
            );
          })}
        </div>
      )}
      {facts.length > 0 && (
        <div className="stack tight">
          <Typography variant="h3">{t("factsTitle")}</Typography>
          <Facts reading={reading} place={place} onPlace={onPlace} />
        </div>
      )}
      {line_items.length > 0 && (
        <div className="stack tight">
          <Typography variant="h3">{t("lineItems")}</Typography>
          <DataTable rows={rowsOf(line_items)} label={t("lineItems")} />
        </div>
      )}
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes its order
        <div className="stack tight" key={index}>
          <Typography variant="h3">{t("table", { number: index + 1 })}</Typography>
          <DataTable rows={table.rows} label={t("table", { number: index + 1 })} />
        </div>
      ))}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Paper component="section" className="card stack" aria-labelledby={id}>
      <Typography variant="h2" id={id} className="clip">
        {title}
      </Typography>
      {children}
    </Paper>
  );
}

function placesOf(reading: Reading): Place[] {
  return (reading.facts ?? []).flatMap(({ page, box }) =>
    page === null ? [] : [{ documentId: reading.document_id, filename: reading.filename, page, box }],
  );
}

function namesOf(ids: string[], documents: Reading[]): string {
  return ids.map((id) => documents.find(({ document_id }) => document_id === id)?.filename ?? id).join(", ");
}
