import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { LegalNote } from "@/components/LegalNote";
import { Notice } from "@/components/Notice";
import type { OrderResponse, PaymentIntentResponse } from "@/lib/api/client.generated";
import { formatMoney } from "@/lib/format";
import { routes } from "@/lib/routes";
import type { PaymentFailure } from "../paymentFailure";
import { LOAD_TIMEOUT_MS } from "../stripe";
import { submitPayment } from "../submitPayment";
import { PaymentFailureNotice } from "./PaymentFailureNotice";

/** After this time a payment in progress offers a link to its result page. A bank's authentication may take longer. */
export const SLOW_MS = 60_000;

interface Props {
  order: OrderResponse;
  intent: PaymentIntentResponse;
  /** Creates a new intent and a new form. */
  onRestart: () => void;
}

/** Stripe's payment element with the pay button. */
export function CardForm({ order, intent, onRestart }: Props) {
  const { t } = useTranslation("orders");
  const stripe = useStripe();
  const elements = useElements();
  const navigate = useNavigate();
  const [state, setState] = useState<"loading" | "ready" | "paying">("loading");
  const [complete, setComplete] = useState(false);
  const [slow, setSlow] = useState(false);
  const [failure, setFailure] = useState<PaymentFailure | null>(null);
  const paying = useRef(false);
  const intentId = encodeURIComponent(intent.payment_intent_id);
  const resultPath = `${routes.payment(order.id)}?payment_intent=${intentId}`;

  useEffect(() => {
    if (state === "ready") return;
    const handleTimeout = () => (state === "paying" ? setSlow(true) : setFailure({ reason: "notLoaded" }));
    const timer = setTimeout(handleTimeout, state === "paying" ? SLOW_MS : LOAD_TIMEOUT_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function pay(event?: FormEvent) {
    event?.preventDefault();
    // The ref guards against a second click before the next render updates the state.
    if (!stripe || !elements || state !== "ready" || paying.current) return;
    paying.current = true;
    setState("paying");
    setFailure(null);
    announce(t("pay.working"));
    const paymentFailure = await submitPayment({ stripe, elements, intent, orderId: order.id });
    paying.current = false;
    if (!paymentFailure) return void navigate(resultPath);
    setSlow(false);
    setFailure(paymentFailure);
    setState("ready");
  }

  const needsRestart = state !== "ready" || failure?.reason === "outdated" || failure?.reason === "notLoaded";
  return (
    <Stack spacing={2} component="form" onSubmit={(event) => void pay(event)}>
      {state === "loading" && failure === null && <Skeleton height={220} />}
      <PaymentElement
        onReady={() => {
          setState("ready");
          setFailure(null);
        }}
        onChange={(event) => setComplete(event.complete)}
        onLoadError={() => setFailure({ reason: "notLoaded" })}
      />
      {failure && (
        <PaymentFailureNotice
          failure={failure}
          onRetry={needsRestart ? onRestart : () => void pay()}
          resultPath={resultPath}
        />
      )}
      {slow && state === "paying" && (
        <Notice
          severity="info"
          action={
            <ButtonLink color="neutral" size="small" to={resultPath}>
              {t("pay.check")}
            </ButtonLink>
          }
        >
          {t("pay.slow")}
        </Notice>
      )}
      <LegalNote about="payment" />
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={state === "loading" || !complete}
        busy={state === "paying"}
      >
        {t("pay.button", { amount: formatMoney(intent.amount, intent.currency) })}
      </Button>
    </Stack>
  );
}
