import type { StripeError } from "@stripe/stripe-js";

/** Why a payment was not made: what to say, and Stripe's own sentence where it has one for the person. */
export interface Failure {
  reason: "authentication" | "declined" | "input" | "away" | "unclear" | "outdated" | "problem" | "notLoaded";
  detail?: string;
}

/** Where the money may have moved although no answer came, or none that says so. */
const MAYBE_PAID = new Set(["api_connection_error", "api_error"]);

export function isOutcomeUnknown({ type }: Pick<StripeError, "type">): boolean {
  return MAYBE_PAID.has(type);
}

/** What an error of Stripe's means to the person who pays. Its messages are in the language that Elements was given. */
export function toFailure({ type, code, decline_code, message }: StripeError): Failure {
  const authentication =
    code === "payment_intent_authentication_failure" ||
    code === "authentication_required" ||
    decline_code === "authentication_required";
  if (authentication) return { reason: "authentication" };
  if (type === "card_error") return { reason: "declined", detail: message };
  if (type === "validation_error") return { reason: "input", detail: message };
  if (type === "api_connection_error") return { reason: "away" };
  if (code === "payment_intent_unexpected_state") return { reason: "outdated" };
  return { reason: "problem" };
}
