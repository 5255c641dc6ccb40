import type { StripeError } from "@stripe/stripe-js";

/** Why a payment failed. `detail` is Stripe's own message for the user, where it has one. */
export interface PaymentFailure {
  reason:
    | "authentication"
    | "declined"
    | "input"
    | "unreachable"
    | "unclear"
    | "outdated"
    | "problem"
    | "notLoaded";
  detail?: string;
}

const UNKNOWN_OUTCOME_TYPES = new Set(["api_connection_error", "api_error"]);

/** The card may have been charged: Stripe's response was lost or does not say. */
export function isOutcomeUnknown({ type }: Pick<StripeError, "type">): boolean {
  return UNKNOWN_OUTCOME_TYPES.has(type);
}

/** Classifies an error of Stripe. Its messages are in the language that `Elements` was given. */
export function toPaymentFailure({ type, code, decline_code, message }: StripeError): PaymentFailure {
  const authentication =
    code === "payment_intent_authentication_failure" ||
    code === "authentication_required" ||
    decline_code === "authentication_required";
  if (authentication) return { reason: "authentication" };
  if (type === "card_error") return { reason: "declined", detail: message };
  if (type === "validation_error") return { reason: "input", detail: message };
  if (type === "api_connection_error") return { reason: "unreachable" };
  if (code === "payment_intent_unexpected_state") return { reason: "outdated" };
  return { reason: "problem" };
}
