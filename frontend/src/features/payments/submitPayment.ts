import type { PaymentIntent, Stripe, StripeElements, StripeError } from "@stripe/stripe-js";
import type { PaymentIntentView } from "@/lib/api/client.generated";
import { type Failure, isOutcomeUnknown, toFailure } from "./failure";
import { LOAD_MS } from "./stripe";
import { storePaymentIntent } from "./useConfirmPayment";
import { within } from "./withTimeout";

interface Wanted {
  stripe: Stripe;
  elements: StripeElements;
  intent: PaymentIntentView;
  orderId: string;
}

const PAID = new Set<PaymentIntent.Status>(["succeeded", "processing", "requires_capture"]);
const LOST: StripeError = { type: "api_connection_error" };

/**
 * Pays the intent with what stands in the form; null when it is paid or being paid. It may wait for as long as the
 * bank asks who pays. Where no clear answer came, Stripe is asked once more, so that nobody reads "not charged" who
 * was; if that has no answer either, the browser goes on remembering what it was paying.
 */
export async function confirmPayment({ stripe, elements, intent, orderId }: Wanted): Promise<Failure | null> {
  const checked = await elements.submit().catch(() => ({ error: LOST }));
  if (checked.error) return toFailure(checked.error);

  storePaymentIntent(orderId, intent.payment_intent_id);
  const { error } = await stripe
    .confirmPayment({
      elements,
      redirect: "if_required",
      confirmParams: { return_url: `${window.location.origin}/orders/${orderId}/payment` },
    })
    .catch(() => ({ error: LOST }));
  if (!error) return null;

  let status = error.payment_intent?.status;
  if (isOutcomeUnknown(error)) {
    const asked = await within(LOAD_MS, stripe.retrievePaymentIntent(intent.client_secret)).catch(() => null);
    status = asked?.paymentIntent?.status;
    if (!status) return { reason: "unclear" };
  }
  if (status && PAID.has(status)) return null;
  storePaymentIntent(orderId, null);
  return toFailure(error);
}
