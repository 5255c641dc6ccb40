import Box from "@mui/material/Box";
import LinearProgress from "@mui/material/LinearProgress";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { TotalResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

/** Totals by currency as bars. The text beside each bar holds the same values, so the bars are hidden from readers. */
export function TotalsChart({ totals }: { totals: TotalResponse[] }) {
  const { t } = useTranslation("analysis");
  const largest = Math.max(...totals.map(({ amount }) => Math.abs(amount)), 1);
  return (
    <Box
      sx={{
        display: "grid",
        gridTemplateColumns: "auto minmax(0, 1fr) auto",
        gap: "8px 12px",
        alignItems: "center",
      }}
    >
      {totals.map(({ currency, amount, documents }) => (
        <Fragment key={currency}>
          <span>{currency?.toUpperCase() ?? t("totals.noCurrency")}</span>
          <LinearProgress
            variant="determinate"
            value={(100 * Math.abs(amount)) / largest}
            aria-hidden
            sx={{ height: 10, "@media print": { display: "block" } }}
          />
          <span className="number">
            {formatMoney(amount, currency)}
            <Muted small component="span" sx={{ display: "block" }}>
              {t("totals.from", { count: documents })}
            </Muted>
          </span>
        </Fragment>
      ))}
    </Box>
  );
}
