import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCodeMessage } from "@/components/useCodeMessage";
import { useDownload } from "@/features/documents/useDownload";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { documentParts } from "../documentParts";
import type { PageLocation } from "../pageLocation";
import { useKindName } from "../useKindName";
import { PartContent } from "./PartContent";
import { Section } from "./Section";
import { SegmentHead } from "./SegmentHead";

interface Props {
  reading: DocumentAnalysisResponse;
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

/**
 * One file of the analysis: kind, warnings, summary, facts, line items and tables. The documents of a file that has
 * several follow one after another.
 */
export function DocumentAnalysis({ reading, location, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const codeMessage = useCodeMessage();
  const original = useDownload(reading.document_id);
  const kindName = useKindName();
  const id = useId();
  const { warnings = [], unread = [], segments = [] } = reading;
  const properties = [
    segments.length > 0 ? t("segment.count", { count: segments.length }) : kindName(reading.kind),
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
  const showPage = (page: number) =>
    onSelect({
      documentId: reading.document_id,
      filename: reading.filename,
      page,
      box: null,
      factId: null,
    });

  return (
    <Section title={reading.filename}>
      <div className="row between no-print-gap">
        <p className="muted">{properties.filter(Boolean).join(" · ")}</p>
        <div className="row tight no-print">
          {reading.page_count && (
            <Button size="small" onClick={() => showPage(1)}>
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
      {segments.length === 0 && reading.headline && <p className="wrap">{reading.headline}</p>}
      {notices.map((text) => (
        <Notice key={text} severity="warning">
          {text}
        </Notice>
      ))}
      {documentParts(reading).map((part, index) =>
        part.segment ? (
          <section key={part.segment.first_page} className="segment stack" aria-labelledby={`${id}-${index}`}>
            <SegmentHead
              id={`${id}-${index}`}
              number={index + 1}
              segment={part.segment}
              onShow={() => part.segment && showPage(part.segment.first_page)}
            />
            <PartContent part={part} reading={reading} location={location} onSelect={onSelect} />
          </section>
        ) : (
          <PartContent key="whole" part={part} reading={reading} location={location} onSelect={onSelect} />
        ),
      )}
    </Section>
  );
}
