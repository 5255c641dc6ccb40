import { useTranslation } from "react-i18next";
import type { OrderView, QuoteView } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

export function QuoteTable({ quote, order }: { quote: QuoteView; order: OrderView }) {
  const { t } = useTranslation("orders");
  const names = new Map(order.documents.map(({ id, filename }) => [id, filename]));
  return (
    <table className="quote">
      <caption className="visually-hidden">{t("quote.title")}</caption>
      <tbody>
        {quote.lines.map((line) => (
          <tr key={`${line.document_id}-${line.label === "base" ? t("quote.base") : line.label}`}>
            <th scope="row">
              {(line.document_id && names.get(line.document_id)) ||
                (line.label === "base" ? t("quote.base") : line.label)}
              {line.pages !== null && (
                <span className="muted small"> · {t("documents.pages", { count: line.pages })}</span>
              )}
            </th>
            <td className="number">{formatMoney(line.amount, quote.currency)}</td>
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
