import { useTranslation } from "react-i18next";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import type { DocumentPart } from "../documentParts";
import type { PageLocation } from "../pageLocation";
import { DataTable } from "./DataTable";
import { FactList } from "./FactList";
import { LineItemTable } from "./LineItemTable";
import { TransactionTable } from "./TransactionTable";

interface Props {
  part: DocumentPart;
  reading: DocumentAnalysisResponse;
  location: PageLocation | null;
  onSelect: (location: PageLocation) => void;
}

/** What was found in a document: summary, facts, line items, transactions and tables. */
export function PartContent({ part, reading, location, onSelect }: Props) {
  const { t } = useTranslation("analysis");
  const { facts, line_items, transactions, tables, summary } = part;
  const Heading = part.segment ? "h4" : "h3";
  return (
    <>
      {summary.length > 0 && (
        <div className="stack tight">
          <Heading>{t("summary")}</Heading>
          {summary.map(({ text }) => (
            <p key={text} className="wrap">
              {text}
            </p>
          ))}
        </div>
      )}
      {facts.length > 0 && (
        <div className="stack tight">
          <Heading>{t("factsTitle")}</Heading>
          <FactList part={part} reading={reading} location={location} onSelect={onSelect} />
        </div>
      )}
      {line_items.length > 0 && <LineItemTable items={line_items} heading={Heading} />}
      {transactions.length > 0 && <TransactionTable transactions={transactions} heading={Heading} />}
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
        <div className="stack tight" key={index}>
          <Heading>{t("table", { number: index + 1 })}</Heading>
          <DataTable rows={table.rows} label={t("table", { number: index + 1 })} />
        </div>
      ))}
    </>
  );
}
