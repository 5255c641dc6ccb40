import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableFooter from "@mui/material/TableFooter";
import TableRow from "@mui/material/TableRow";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { OrderResponse, QuoteResponse } from "@/lib/api/client.generated";
import { documentName } from "@/lib/documentName";
import { formatMoney } from "@/lib/format";

/** An order may have hundreds of documents: the lines behind these are one line, so that the total stays in sight. */
const MOST_LINES = 6;

const TOTAL = {
  fontSize: "1rem",
  fontWeight: 700,
  color: "text.primary",
  pt: 1.25,
} as const;

/** The lines of a quote and their total. Documents that were paid for before are a line of nothing. */
export function QuoteTable({ quote, order }: { quote: QuoteResponse; order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const { currency } = quote;
  const names = new Map(order.documents.map((document) => [document.id, documentName(document)]));
  const lines = quote.lines.slice(0, MOST_LINES);
  const restAmount = lines.reduce((rest, { amount }) => rest - amount, quote.amount);
  const duplicateCount = order.documents.filter(({ duplicate_of }) => duplicate_of).length;
  return (
    <Table
      size="small"
      sx={{
        "& th, & td": { px: 0, border: 0 },
        "& td": { pl: 1.5, whiteSpace: "nowrap" },
        "& tfoot": { borderTop: "1px solid var(--mui-palette-divider)" },
      }}
    >
      <caption className="visually-hidden">{t("quote.title")}</caption>
      <TableBody>
        {lines.map(({ document_id, label, pages, amount }) => (
          <TableRow key={`${document_id}-${label}`}>
            <TableCell component="th" scope="row" className="wrap">
              {(document_id && names.get(document_id)) || (label === "base" ? t("quote.base") : label)}
              {pages !== null && (
                <Muted small component="span">
                  {" "}
                  · {t("documents.pages", { count: pages })}
                </Muted>
              )}
            </TableCell>
            <TableCell align="right">{formatMoney(amount, currency)}</TableCell>
          </TableRow>
        ))}
        {restAmount > 0 && (
          <TableRow>
            <TableCell component="th" scope="row" className="wrap">
              {t("quote.others")}
            </TableCell>
            <TableCell align="right">{formatMoney(restAmount, currency)}</TableCell>
          </TableRow>
        )}
        {duplicateCount > 0 && (
          <TableRow>
            <TableCell component="th" scope="row" className="wrap">
              {t("quote.duplicates", { count: duplicateCount })}
            </TableCell>
            <TableCell align="right">{formatMoney(0, currency)}</TableCell>
          </TableRow>
        )}
      </TableBody>
      <TableFooter>
        <TableRow>
          <TableCell component="th" scope="row" sx={TOTAL}>
            {t("quote.total")}
          </TableCell>
          <TableCell align="right" sx={TOTAL}>
            {formatMoney(quote.amount, currency)}
          </TableCell>
        </TableRow>
      </TableFooter>
    </Table>
  );
}
