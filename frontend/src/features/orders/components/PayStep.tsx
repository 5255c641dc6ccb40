import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
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
      <div className="stack" ref={buttonRef}>
        <Button variant="contained" size="large" disabled={!payable} onClick={onPay}>
          {t("pay.button", { amount })}
        </Button>
      </div>
      <p className="muted small">
        {t(reading ? "pay.waitForReading" : "pay.unreadableFree")}{" "}
        {order.expires_at && t("pay.expires", { date: formatDate(order.expires_at) })}
      </p>
      {!buttonOnScreen && (payable || reading) && (
        <section className="pay-bar no-print" aria-label={t("quote.total")}>
          <p>
            <span className="muted small">{t("quote.total")}</span>
            <strong>{amount}</strong>
          </p>
          {payable ? (
            <Button variant="contained" onClick={onPayFromBar}>
              {t("pay.short")}
            </Button>
          ) : (
            <p className="muted small">{t("pay.waitForReading")}</p>
          )}
        </section>
      )}
    </>
  );
}
