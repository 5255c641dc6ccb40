import { useTranslation } from "react-i18next";
import type { OrderResponse, QuoteResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

/** The lines of a quote and their total. */
export function QuoteTable({ quote, order }: { quote: QuoteResponse; order: OrderResponse }) {
  const { t } = useTranslation("orders");
  const filenames = new Map(order.documents.map(({ id, filename }) => [id, filename]));
  return (
    <table className="quote">
      <caption className="visually-hidden">{t("quote.title")}</caption>
      <tbody>
        {quote.lines.map(({ document_id, label, pages, amount }) => (
          <tr key={`${document_id}-${label}`}>
            <th scope="row">
              {(document_id && filenames.get(document_id)) || (label === "base" ? t("quote.base") : label)}
              {pages !== null && (
                <span className="muted small"> · {t("documents.pages", { count: pages })}</span>
              )}
            </th>
            <td className="number">{formatMoney(amount, quote.currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("quote.total")}</th>
          <td className="number">{formatMoney(quote.amount, quote.currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
