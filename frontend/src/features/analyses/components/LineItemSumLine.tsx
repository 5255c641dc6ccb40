import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { formatMoney } from "@/lib/format";
import type { LineItemSum } from "../lineItems";
import { useFactLabel } from "../useFactLabel";

/** The sum of the rows, and by how much it differs from the total of the document. */
export function LineItemSumLine({ sum }: { sum: LineItemSum | null }) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  if (!sum) return <Typography role="status">{t("rows.noSum")}</Typography>;
  const { minor, currency, total } = sum;
  const amount = formatMoney(minor, currency);
  if (!total) return <Typography role="status">{t("rows.sum", { amount })}</Typography>;
  const difference = minor - total.minor;
  const values = {
    amount,
    name: factLabel(total.name),
    total: formatMoney(total.minor, currency),
    difference: formatMoney(Math.abs(difference), currency),
  };
  const text = difference === 0 ? "equal" : difference > 0 ? "above" : "below";
  return (
    <Typography role="status" sx={{ fontWeight: 600, color: difference === 0 ? undefined : "error.main" }}>
      {t(`rows.${text}`, values)}
    </Typography>
  );
}
