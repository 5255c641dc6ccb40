import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentAnalysisResponse } from "@/lib/api/client.generated";
import type { DocumentPart } from "../documentParts";
import { DataTable } from "./DataTable";
import { LineItemTable } from "./LineItemTable";
import { TransactionTable } from "./TransactionTable";

const WITH_LINE_ITEMS = new Set<DocumentPart["kind"]>([
  "invoice",
  "credit_note",
  "receipt",
  "quotation",
  "purchase_order",
  "delivery_note",
]);

interface Props {
  reading: DocumentAnalysisResponse;
  part: DocumentPart;
  heading: "h3" | "h4";
}

/** What was found in a document beside its facts: summary, line items, transactions and tables. */
export const PartContent = memo(function PartContent({ reading, part, heading: Heading }: Props) {
  const { t } = useTranslation("analysis");
  const { line_items, transactions, tables, summary } = part;
  // The reader may have missed all rows, or the customer removed them.
  const hasLineItems = line_items.length > 0 || (reading.etag && WITH_LINE_ITEMS.has(part.kind));
  return (
    <>
      {hasLineItems && <LineItemTable reading={reading} part={part} heading={Heading} />}
      {transactions.length > 0 && <TransactionTable transactions={transactions} heading={Heading} />}
      {tables.map((table, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a result never changes
        <Stack spacing={0.75} key={index}>
          <Typography variant={Heading}>{t("table", { number: index + 1 })}</Typography>
          <DataTable rows={table.rows} label={t("table", { number: index + 1 })} />
        </Stack>
      ))}
      {summary.length > 0 && (
        <Stack spacing={0.75}>
          <Typography variant={Heading}>{t("summary")}</Typography>
          {summary.map(({ text }) => (
            <Typography className="wrap" key={text}>
              {text}
            </Typography>
          ))}
        </Stack>
      )}
    </>
  );
});
