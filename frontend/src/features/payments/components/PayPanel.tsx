import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { announce } from "@/components/announce";
import { Button } from "@/components/Button";
import { ButtonLink } from "@/components/ButtonLink";
import { Notice } from "@/components/Notice";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { OrderView, PaymentIntentView } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { formatMoney } from "@/lib/format";
import { useColorScheme } from "@/theme/colorScheme";
import { usePaymentsCreateIntentMutation } from "../api";
import type { Failure } from "../failure";
import { LOAD_MS, stripe as loadStripe } from "../stripe";
import { confirmPayment } from "../submitPayment";
import { FailureNotice } from "./FailureNotice";

/** A bank that wants to know who pays may take this long; after it, there is a way on. */
export const SLOW_MS = 60_000;

interface Props {
  order: OrderView;
  onClose: () => void;
}

/** Card details, asked for by Stripe's own element: they never pass through this site. */
export default function PayPanel({ order, onClose }: Props) {
  const { t, i18n } = useTranslation("orders");
  const { dark } = useColorScheme();
  const [begin] = usePaymentsCreateIntentMutation();
  const [ready, setReady] = useState<{ intent: PaymentIntentView; stripe: Stripe } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const attempt = useRef(0);

  const start = useCallback(async () => {
    const mine = ++attempt.current;
    setProblem(null);
    setReady(null);
    try {
      const intent = await begin({ orderId: order.id }).unwrap();
      const stripe = await loadStripe(intent.publishable_key);
      if (mine === attempt.current) setReady({ intent, stripe });
    } catch (error) {
      if (mine === attempt.current) setProblem(error);
    }
  }, [begin, order.id]);
  useEffect(() => void start(), [start]);

  return (
    <div className="stack no-print">
      {problem !== null &&
        (isProblem(problem) ? (
          <ProblemAlert problem={problem} onRetry={() => void start()} />
        ) : (
          <FailureNotice failure={{ reason: "notLoaded" }} onRetry={() => void start()} />
        ))}
      {!ready && problem === null && (
        <div role="status" aria-label={t("pay.loading")}>
          <span className="skeleton card-form" />
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
          <CardForm order={order} intent={ready.intent} onRestart={() => void start()} />
        </Elements>
      )}
      <Button color="neutral" onClick={onClose}>
        {t("pay.later")}
      </Button>
    </div>
  );
}

interface FormProps {
  order: OrderView;
  intent: PaymentIntentView;
  /** Asks for the intent and the form anew. */
  onRestart: () => void;
}

function CardForm({ order, intent, onRestart }: FormProps) {
  const { t } = useTranslation("orders");
  const stripe = useStripe();
  const elements = useElements();
  const go = useNavigate();
  const [state, setState] = useState<"loading" | "ready" | "paying">("loading");
  const [complete, setComplete] = useState(false);
  const [slow, setSlow] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const paying = useRef(false);
  const result = `/orders/${order.id}/payment?payment_intent=${encodeURIComponent(intent.payment_intent_id)}`;

  useEffect(() => {
    if (state === "ready") return;
    const late = () => (state === "paying" ? setSlow(true) : setFailure({ reason: "notLoaded" }));
    const timer = setTimeout(late, state === "paying" ? SLOW_MS : LOAD_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function pay(event?: FormEvent) {
    event?.preventDefault();
    // The state of this render is not enough: a second click may come before the next.
    if (!stripe || !elements || state !== "ready" || paying.current) return;
    paying.current = true;
    setState("paying");
    setFailure(null);
    announce(t("pay.working"));
    const failed = await confirmPayment({ stripe, elements, intent, orderId: order.id });
    paying.current = false;
    if (!failed) return void go(result);
    setSlow(false);
    setFailure(failed);
    setState("ready");
  }

  const anew = state !== "ready" || failure?.reason === "outdated" || failure?.reason === "notLoaded";
  return (
    <form className="stack" onSubmit={(event) => void pay(event)}>
      {state === "loading" && failure === null && <span className="skeleton card-form" />}
      <PaymentElement
        onReady={() => {
          setState("ready");
          setFailure(null);
        }}
        onChange={(event) => setComplete(event.complete)}
        onLoadError={() => setFailure({ reason: "notLoaded" })}
      />
      {failure && (
        <FailureNotice failure={failure} onRetry={anew ? onRestart : () => void pay()} result={result} />
      )}
      {slow && state === "paying" && (
        <Notice
          severity="info"
          action={
            <ButtonLink color="neutral" size="small" to={result}>
              {t("pay.check")}
            </ButtonLink>
          }
        >
          {t("pay.slow")}
        </Notice>
      )}
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={state === "loading" || !complete}
        busy={state === "paying"}
      >
        {t("pay.button", { amount: formatMoney(intent.amount, intent.currency) })}
      </Button>
    </form>
  );
}
