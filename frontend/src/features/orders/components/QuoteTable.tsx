import { useTranslation } from "react-i18next";
import type { OrderResponse, QuoteResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

/** An order may have hundreds of documents: the lines behind these are one line. */
const MOST_LINES = 12;

/** The lines of a quote and their total. Documents that were paid for before are a line of nothing. */
export function QuoteTable({ quote, order }: { quote: QuoteResponse; order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const { currency } = quote;
  const filenames = new Map(order.documents.map(({ id, filename }) => [id, filename]));
  const lines = quote.lines.slice(0, MOST_LINES);
  const restAmount = lines.reduce((rest, { amount }) => rest - amount, quote.amount);
  const duplicateCount = order.documents.filter(({ duplicate_of }) => duplicate_of).length;
  return (
    <table className="quote">
      <caption className="visually-hidden">{t("quote.title")}</caption>
      <tbody>
        {lines.map(({ document_id, label, pages, amount }) => (
          <tr key={`${document_id}-${label}`}>
            <th scope="row">
              {(document_id && filenames.get(document_id)) || (label === "base" ? t("quote.base") : label)}
              {pages !== null && (
                <span className="muted small"> · {t("documents.pages", { count: pages })}</span>
              )}
            </th>
            <td className="number">{formatMoney(amount, currency)}</td>
          </tr>
        ))}
        {restAmount > 0 && (
          <tr>
            <th scope="row">{t("quote.others")}</th>
            <td className="number">{formatMoney(restAmount, currency)}</td>
          </tr>
        )}
        {duplicateCount > 0 && (
          <tr>
            <th scope="row">{t("quote.duplicates", { count: duplicateCount })}</th>
            <td className="number">{formatMoney(0, currency)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("quote.total")}</th>
          <td className="number">{formatMoney(quote.amount, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
