import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Muted } from "@/components/Muted";
import type { OrderResponse, QuoteResponse } from "@/lib/api/client.generated";
import { formatDate, formatMoney } from "@/lib/format";
import { useOnScreen } from "@/lib/useOnScreen";

interface Props {
  order: OrderResponse;
  quote: QuoteResponse;
  /** Documents are being uploaded or read, so that the price is not final. */
  reading: boolean;
  onPay: () => void;
  /** The button of the bar opens the payment form, which is elsewhere on the page. */
  onPayFromBar: () => void;
}

/** The pay button with its conditions. On a phone a bar has the total and the button while this one is off the screen. */
export function PayStep({ order, quote, reading, onPay, onPayFromBar }: Props) {
  const { t } = useTranslation("orders");
  const buttonRef = useRef<HTMLDivElement>(null);
  const buttonOnScreen = useOnScreen(buttonRef);
  const amount = formatMoney(quote.amount, quote.currency);
  const payable = quote.amount > 0 && !reading;
  return (
    <>
      <Stack spacing={2} ref={buttonRef}>
        <Button variant="contained" size="large" disabled={!payable} onClick={onPay}>
          {t("pay.button", { amount })}
        </Button>
      </Stack>
      <Muted small>
        {t(reading ? "pay.waitForReading" : "pay.unreadableFree")}{" "}
        {order.expires_at && t("pay.expires", { date: formatDate(order.expires_at) })}
      </Muted>
      {!buttonOnScreen && (payable || reading) && (
        <Paper
          component="section"
          square
          className="pay-bar no-print"
          aria-label={t("quote.total")}
          sx={{
            position: "fixed",
            inset: "auto 0 0",
            zIndex: "appBar",
            display: { xs: "flex", md: "none" },
            alignItems: "center",
            justifyContent: "space-between",
            gap: 2,
            px: 1.75,
            py: 1.25,
            borderTop: "1px solid",
            borderColor: "divider",
          }}
        >
          <Typography>
            <Muted small component="span" sx={{ display: "block" }}>
              {t("quote.total")}
            </Muted>
            <strong>{amount}</strong>
          </Typography>
          {payable ? (
            <Button variant="contained" onClick={onPayFromBar}>
              {t("pay.short")}
            </Button>
          ) : (
            <Muted small>{t("pay.waitForReading")}</Muted>
          )}
        </Paper>
      )}
    </>
  );
}
