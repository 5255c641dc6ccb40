import type { PaymentIntent, Stripe, StripeElements, StripeError } from "@stripe/stripe-js";
import type { PaymentIntentResponse } from "@/lib/api/client.generated";
import { routes } from "@/lib/routes";
import { isOutcomeUnknown, type PaymentFailure, toPaymentFailure } from "./paymentFailure";
import { storePaymentIntent } from "./storedPaymentIntent";
import { LOAD_TIMEOUT_MS } from "./stripe";
import { withTimeout } from "./withTimeout";

interface Options {
  stripe: Stripe;
  elements: StripeElements;
  intent: PaymentIntentResponse;
  orderId: string;
}

const PAID_STATUSES = new Set<PaymentIntent.Status>(["succeeded", "processing", "requires_capture"]);
const NO_RESPONSE: StripeError = { type: "api_connection_error" };

/**
 * Pays the intent with the details in the form. Returns null when the payment succeeded or is processing. May take as
 * long as the bank's authentication. When the outcome is unknown, asks Stripe for the status once, so that no user reads
 * "not charged" after a charge; without an answer the browser keeps the intent stored and checks it later.
 */
export async function submitPayment({
  stripe,
  elements,
  intent,
  orderId,
}: Options): Promise<PaymentFailure | null> {
  const validation = await elements.submit().catch(() => ({ error: NO_RESPONSE }));
  if (validation.error) return toPaymentFailure(validation.error);

  storePaymentIntent(orderId, intent.payment_intent_id);
  const { error } = await stripe
    .confirmPayment({
      elements,
      redirect: "if_required",
      confirmParams: { return_url: window.location.origin + routes.payment(orderId) },
    })
    .catch(() => ({ error: NO_RESPONSE }));
  if (!error) return null;

  let status = error.payment_intent?.status;
  if (isOutcomeUnknown(error)) {
    const retrieval = stripe.retrievePaymentIntent(intent.client_secret);
    const response = await withTimeout(LOAD_TIMEOUT_MS, retrieval).catch(() => null);
    status = response?.paymentIntent?.status;
    if (!status) return { reason: "unclear" };
  }
  if (status && PAID_STATUSES.has(status)) return null;
  storePaymentIntent(orderId, null);
  return toPaymentFailure(error);
}
