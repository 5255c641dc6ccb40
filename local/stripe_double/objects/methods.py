"""Stripe's documented test payment methods, and how each one behaves.

The numbers and names are those of docs.stripe.com/testing and of the SEPA Direct Debit guide.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Decline:
    """Why the bank declines, in Stripe's codes."""

    code: str
    message: str
    decline_code: str | None = None
    param: str | None = None


@dataclass(frozen=True, kw_only=True)
class Method:
    """A test card or bank account."""

    number: str
    """A card's number or an IBAN."""
    names: tuple[str, ...]
    """The names of test PaymentMethods that use it."""
    does: str
    """Its behaviour, for the page."""
    type: Literal["card", "sepa_debit"] = "card"
    brand: str = "visa"
    country: str = "US"
    challenge: bool = False
    """The cardholder is asked to authenticate (3-D Secure)."""
    decline: Decline | None = None
    """The charge fails: after the challenge if there is one, at the `settlement` of a debit."""
    settlement: Literal["immediate", "soon", "delayed"] = "immediate"
    """When a charge succeeds or fails; a bank debit is `processing` until then."""
    refund: Literal["at_once", "pending", "fails_later"] = "at_once"
    dispute: tuple[str, str] | None = None
    """The payment succeeds and is disputed at once: the status and the reason of the dispute."""

    @property
    def last4(self) -> str:
        """The last four digits, as Stripe shows them."""
        return self.number[-4:]


DECLINED = "Your card was declined."
GENERIC = Decline("card_declined", DECLINED, "generic_decline")
NO_FUNDS = Decline("card_declined", "Your card has insufficient funds.", "insufficient_funds")
PROCESSING = Decline(
    "processing_error", "An error occurred while processing your card. Try again in a little bit."
)
DEBIT_FAILED = Decline(
    "payment_intent_payment_attempt_failed",
    "The payment failed: the bank did not honour the debit.",
)
NOT_A_TEST_CARD = Decline(
    "card_declined",
    "Your card was declined. Your request was in test mode, but used a non test (live) card. "
    "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
    "test_mode_live_card",
)

METHODS = (
    Method(number="4242424242424242", names=("pm_card_visa",), does="Succeeds"),
    Method(
        number="5555555555554444",
        names=("pm_card_mastercard",),
        brand="mastercard",
        does="Succeeds",
    ),
    Method(number="378282246310005", names=("pm_card_amex",), brand="amex", does="Succeeds"),
    Method(number="4000002760000016", names=("pm_card_de",), country="DE", does="Succeeds"),
    Method(
        number="4000002500003155",
        names=("pm_card_authenticationRequiredOnSetup",),
        does="Asks for 3-D Secure, then succeeds",
        challenge=True,
    ),
    Method(
        number="4000002760003184",
        names=("pm_card_authenticationRequired",),
        does="Asks for 3-D Secure every time, then succeeds",
        challenge=True,
    ),
    Method(
        number="4000000000003220",
        names=("pm_card_threeDSecure2Required",),
        does="Asks for 3-D Secure 2, then succeeds",
        challenge=True,
    ),
    Method(
        number="4000008400001629",
        names=("pm_card_threeDSecureRequiredChargeDeclined",),
        does="Asks for 3-D Secure, then is declined",
        challenge=True,
        decline=GENERIC,
    ),
    Method(
        number="4000008260003178",
        names=("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",),
        does="Asks for 3-D Secure, then has insufficient funds",
        challenge=True,
        decline=NO_FUNDS,
    ),
    Method(
        number="4000000000000002",
        names=("pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"),
        does="Is declined",
        decline=GENERIC,
    ),
    Method(
        number="4000000000009995",
        names=(
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "pm_card_chargeDeclinedInsufficientFunds",
        ),
        does="Has insufficient funds",
        decline=NO_FUNDS,
    ),
    Method(
        number="4000000000009987",
        names=("pm_card_visa_chargeDeclinedLostCard",),
        does="Is declined as lost",
        decline=Decline("card_declined", DECLINED, "lost_card"),
    ),
    Method(
        number="4000000000009979",
        names=("pm_card_visa_chargeDeclinedStolenCard",),
        does="Is declined as stolen",
        decline=Decline("card_declined", DECLINED, "stolen_card"),
    ),
    Method(
        number="4000000000000069",
        names=("pm_card_chargeDeclinedExpiredCard",),
        does="Is declined as expired",
        decline=Decline("expired_card", "Your card has expired.", param="exp_month"),
    ),
    Method(
        number="4000000000000127",
        names=("pm_card_chargeDeclinedIncorrectCvc",),
        does="Is declined for its security code",
        decline=Decline("incorrect_cvc", "Your card's security code is incorrect.", param="cvc"),
    ),
    Method(
        number="4000000000000119",
        names=("pm_card_chargeDeclinedProcessingError",),
        does="Fails with a processing error",
        decline=PROCESSING,
    ),
    Method(
        number="4100000000000019",
        names=("pm_card_radarBlock",),
        does="Is blocked as fraudulent",
        decline=Decline("card_declined", DECLINED, "fraudulent"),
    ),
    Method(
        number="4000000000007726",
        names=("pm_card_pendingRefund",),
        does="Succeeds; a refund is pending for a while",
        refund="pending",
    ),
    Method(
        number="4000000000005126",
        names=("pm_card_refundFail",),
        does="Succeeds; a refund fails some time later",
        refund="fails_later",
    ),
    Method(
        number="4000000000000259",
        names=("pm_card_createDispute",),
        does="Succeeds, and is then disputed as fraudulent",
        dispute=("needs_response", "fraudulent"),
    ),
    Method(
        number="4000000000002685",
        names=("pm_card_createDisputeProductNotReceived",),
        does="Succeeds, and is then disputed as not received",
        dispute=("needs_response", "product_not_received"),
    ),
    Method(
        number="4000000000001976",
        names=("pm_card_createDisputeInquiry",),
        does="Succeeds, and the bank then inquires about it",
        dispute=("warning_needs_response", "fraudulent"),
    ),
    Method(
        number="DE89370400440532013000",
        names=("pm_success_de",),
        type="sepa_debit",
        country="DE",
        does="Is processing for a few seconds, then succeeds",
        settlement="soon",
    ),
    Method(
        number="DE08370400440532013003",
        names=("pm_successDelayed_de",),
        type="sepa_debit",
        country="DE",
        does="Is processing for three minutes, then succeeds",
        settlement="delayed",
    ),
    Method(
        number="DE62370400440532013001",
        names=("pm_failed_de",),
        type="sepa_debit",
        country="DE",
        does="Is processing for a few seconds, then fails",
        settlement="soon",
        decline=DEBIT_FAILED,
    ),
    Method(
        number="DE78370400440532013004",
        names=("pm_failedDelayed_de",),
        type="sepa_debit",
        country="DE",
        does="Is processing for three minutes, then fails",
        settlement="delayed",
        decline=DEBIT_FAILED,
    ),
)
"""The methods that the double knows, in the order of its page."""

BY_NUMBER = {method.number: method for method in METHODS}
BY_NAME = {name: method for method in METHODS for name in method.names}


def passes_luhn(number: str) -> bool:
    """Whether a card number's check digit is right."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(number[::-1])]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - casting out nines


def passes_mod97(iban: str) -> bool:
    """Whether an IBAN's check digits are right."""
    turned = iban[4:] + iban[:4]
    return (
        turned.isascii()
        and turned.isalnum()
        and int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
    )
