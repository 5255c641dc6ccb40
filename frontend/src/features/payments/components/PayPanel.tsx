import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeError } from "@stripe/stripe-js";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { OrderView, PaymentIntentView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { money } from "@/lib/format";
import { useScheme } from "@/theme/scheme";
import { usePaymentsCreateIntentMutation } from "../api";
import { rememberPaying } from "../settle";
import { stripe as loadStripe } from "../stripe";

interface Props {
  order: OrderView;
  onClose: () => void;
}

/** Card details, asked for by Stripe's own element: they never pass through this site. */
export default function PayPanel({ order, onClose }: Props) {
  const { t, i18n } = useTranslation("orders");
  const { dark } = useScheme();
  const [begin] = usePaymentsCreateIntentMutation();
  const [ready, setReady] = useState<{ intent: PaymentIntentView; stripe: Stripe } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const start = useCallback(async () => {
    setProblem(null);
    setReady(null);
    try {
      const intent = await begin({ orderId: order.id }).unwrap();
      setReady({ intent, stripe: await loadStripe(intent.publishable_key) });
    } catch (error) {
      setProblem(error);
    }
  }, [begin, order.id]);
  useEffect(() => void start(), [start]);

  return (
    <div className="stack no-print">
      {problem !== null &&
        (isProblem(problem) ? (
          <ProblemAlert problem={problem} onRetry={() => void start()} />
        ) : (
          <StripeAway onRetry={() => void start()} />
        ))}
      {!ready && problem === null && (
        <div role="status" aria-label={t("pay.loading")}>
          <span className="blank card-form" />
        </div>
      )}
      {ready && (
        <Elements
          stripe={ready.stripe}
          options={{
            clientSecret: ready.intent.client_secret,
            locale: i18n.language as "en" | "de",
            appearance: { theme: dark ? "night" : "stripe", variables: { borderRadius: "8px" } },
          }}
        >
          <CardForm order={order} intent={ready.intent} />
        </Elements>
      )}
      <Button tone="ink" onClick={onClose}>
        {t("pay.later")}
      </Button>
    </div>
  );
}

function CardForm({ order, intent }: { order: OrderView; intent: PaymentIntentView }) {
  const { t } = useTranslation("orders");
  const stripe = useStripe();
  const elements = useElements();
  const go = useNavigate();
  const [state, setState] = useState<"loading" | "ready" | "paying">("loading");
  const [complete, setComplete] = useState(false);
  const [failure, setFailure] = useState<{ text: string } | "away" | null>(null);
  const result = `/orders/${order.id}/payment`;

  function failed(error: StripeError) {
    // A card's refusal is the person's to mend; anything else is Stripe or the way to it.
    const card = error.type === "card_error" || error.type === "validation_error";
    setFailure(card ? { text: error.message ?? t("pay.refused") } : "away");
    setState("ready");
  }

  async function pay(event?: FormEvent) {
    event?.preventDefault();
    if (!stripe || !elements || state !== "ready") return;
    setState("paying");
    setFailure(null);
    announce(t("pay.working"));
    const checked = await elements.submit();
    if (checked.error) return failed(checked.error);
    rememberPaying(order.id, intent.payment_intent_id);
    const { error, paymentIntent } = await stripe.confirmPayment({
      elements,
      redirect: "if_required",
      confirmParams: { return_url: window.location.origin + result },
    });
    if (error) {
      rememberPaying(order.id, null);
      return failed(error);
    }
    void go(`${result}?payment_intent=${encodeURIComponent(paymentIntent.id)}`);
  }

  return (
    <form className="stack" onSubmit={(event) => void pay(event)}>
      {state === "loading" && failure === null && <span className="blank card-form" />}
      <PaymentElement
        onReady={() => setState("ready")}
        onChange={(event) => setComplete(event.complete)}
        onLoadError={() => setFailure("away")}
      />
      {failure === "away" && <StripeAway onRetry={state === "ready" ? () => void pay() : undefined} />}
      {failure && failure !== "away" && <Notice tone="bad">{failure.text}</Notice>}
      <Button
        type="submit"
        look="filled"
        size="large"
        disabled={state === "loading" || !complete}
        busy={state === "paying"}
      >
        {t("pay.button", { amount: money(intent.amount, intent.currency) })}
      </Button>
    </form>
  );
}

function StripeAway({ onRetry }: { onRetry?: () => void }) {
  const { t } = useTranslation("orders");
  const { t: common } = useTranslation();
  return (
    <Notice
      tone="bad"
      action={
        onRetry && (
          <Button tone="ink" size="small" onClick={onRetry}>
            {common("retry")}
          </Button>
        )
      }
    >
      {t("pay.away")}
    </Notice>
  );
}
