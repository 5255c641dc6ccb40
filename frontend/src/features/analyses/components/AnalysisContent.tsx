import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/components/announce";
import type { AnalysisResultResponse, DocumentResponse } from "@/lib/api/client.generated";
import type { PageLocation } from "../pageLocation";
import { useFactStepping } from "../useFactStepping";
import { DocumentAnalysis } from "./DocumentAnalysis";
import { PageViewer } from "./PageViewer";
import { ResultNotices } from "./ResultNotices";
import { Section } from "./Section";
import { TimelineChart } from "./TimelineChart";
import { TotalsChart } from "./TotalsChart";

interface Props {
  result: AnalysisResultResponse;
  /** Documents of the order, which name those that the result mentions and does not hold. */
  listed: DocumentResponse[];
  /** The way to load more documents. */
  more: ReactNode;
}

/** The result of an analysis: notices first, then the documents with their facts, beside the selected page. */
export function AnalysisContent({ result, listed, more }: Props) {
  const { t } = useTranslation("analysis");
  const [location, setLocation] = useState<PageLocation | null>(null);
  const { documents, totals = [], timeline = [] } = result;
  const filenames = new Map([
    ...listed.map(({ id, filename }) => [id, filename] as const),
    ...documents.map(({ document_id, filename }) => [document_id, filename] as const),
  ]);
  const filenameOf = (id: string) => filenames.get(id) ?? id;

  function select(next: PageLocation) {
    setLocation(next);
    announce(t("viewer.shown", { page: next.page, name: next.filename }));
  }
  const hasFactLocations = useFactStepping(documents, location, select);

  return (
    <>
      <ResultNotices result={result} filenameOf={filenameOf} />
      <div className="analysis">
        <div className="stack loose">
          {documents.map((reading) => (
            <DocumentAnalysis
              key={reading.document_id}
              reading={reading}
              location={location}
              onSelect={select}
            />
          ))}
          {more}
          {totals.length > 0 && (
            <Section title={t("totals.title")}>
              <TotalsChart totals={totals} />
            </Section>
          )}
          {timeline.length > 0 && (
            <Section title={t("timeline.title")}>
              <TimelineChart timeline={timeline} filenameOf={filenameOf} onSelect={select} />
            </Section>
          )}
        </div>
        {location ? (
          <PageViewer
            location={location}
            onPage={(page) => select({ ...location, page, box: null, factId: null })}
          />
        ) : (
          <div className="card viewer empty">
            <p className="muted">{t(hasFactLocations ? "viewer.hint" : "viewer.nothing")}</p>
          </div>
        )}
      </div>
    </>
  );
}
