import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { useColorScheme } from "@mui/material/styles";
import { Elements } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import type { OrderResponse, PaymentIntentResponse } from "@/lib/api/client.generated";
import { isProblem } from "@/lib/api/problem";
import { usePaymentsCreateIntentMutation } from "../api/createPaymentIntent";
import { stripe as loadStripe } from "../stripe";
import { CardForm } from "./CardForm";
import { PaymentFailureNotice } from "./PaymentFailureNotice";

interface Props {
  order: OrderResponse;
  onClose: () => void;
}

/** Creates the payment intent, loads Stripe, and shows the card form. Card details go to Stripe only. */
export default function PayPanel({ order, onClose }: Props) {
  const { t, i18n } = useTranslation("orders");
  const { colorScheme } = useColorScheme();
  const [createIntent] = usePaymentsCreateIntentMutation();
  const [ready, setReady] = useState<{ intent: PaymentIntentResponse; stripe: Stripe } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const latestAttempt = useRef(0);

  const start = useCallback(async () => {
    const attempt = ++latestAttempt.current;
    setProblem(null);
    setReady(null);
    try {
      const intent = await createIntent({ orderId: order.id }).unwrap();
      const stripe = await loadStripe(intent.publishable_key);
      if (attempt === latestAttempt.current) setReady({ intent, stripe });
    } catch (error) {
      if (attempt === latestAttempt.current) setProblem(error);
    }
  }, [createIntent, order.id]);
  useEffect(() => void start(), [start]);

  return (
    <Stack spacing={2} className="no-print">
      {problem !== null &&
        (isProblem(problem) ? (
          <ProblemAlert problem={problem} onRetry={() => void start()} />
        ) : (
          <PaymentFailureNotice failure={{ reason: "notLoaded" }} onRetry={() => void start()} />
        ))}
      {!ready && problem === null && (
        <div role="status" aria-label={t("pay.loading")}>
          <Skeleton height={220} />
        </div>
      )}
      {ready && (
        <Elements
          stripe={ready.stripe}
          options={{
            clientSecret: ready.intent.client_secret,
            locale: i18n.language as "en" | "de",
            appearance: {
              theme: colorScheme === "dark" ? "night" : "stripe",
              variables: { borderRadius: "8px" },
            },
          }}
        >
          <CardForm order={order} intent={ready.intent} onRestart={() => void start()} />
        </Elements>
      )}
      <Button color="neutral" onClick={onClose}>
        {t("pay.later")}
      </Button>
    </Stack>
  );
}
