import Box from "@mui/material/Box";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Muted } from "@/components/Muted";
import type { TotalResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";

/** Totals by currency. Bars would compare amounts of different currencies, which nothing says. */
export function TotalsList({ totals }: { totals: TotalResponse[] }) {
  const { t } = useTranslation("analysis");
  return (
    <Box
      component="dl"
      sx={{ display: "grid", gridTemplateColumns: "auto minmax(0, 1fr) auto", gap: "8px 16px", m: 0 }}
    >
      {totals.map(({ currency, amount, documents }) => (
        <Fragment key={currency}>
          <dt>{currency?.toUpperCase() ?? t("totals.noCurrency")}</dt>
          <Muted small component="dd" sx={{ m: 0 }}>
            {t("totals.from", { count: documents })}
          </Muted>
          <Box component="dd" className="number" sx={{ m: 0, fontWeight: 600 }}>
            {formatMoney(amount, currency)}
          </Box>
        </Fragment>
      ))}
    </Box>
  );
}
