"""Stripe: the only module that speaks to it.

Every call that makes something carries an idempotency key made of what it is for, so that a call
which failed after it took effect finds what it made when it is repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import stripe

from docket import config
from docket.domain.errors import BadSignature, PaymentsUnreachable
from docket.domain.order import Order
from docket.domain.payment import Intent, IntentStatus
from docket.domain.pricing import Money
from docket.gateways.secrets import secret

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 4
RETRIES = 2
SIGNATURE_GOOD_FOR_SECONDS = 300

_STATUS = {
    "requires_payment_method": IntentStatus.OPEN,
    "requires_confirmation": IntentStatus.OPEN,
    "requires_action": IntentStatus.OPEN,
    "requires_capture": IntentStatus.OPEN,
    "processing": IntentStatus.PROCESSING,
    "succeeded": IntentStatus.SUCCEEDED,
    "canceled": IntentStatus.CANCELED,
}


@dataclass(frozen=True)
class News:
    """A verified event of Stripe's: its id, its type, and the intent it is about, if any."""

    id: str
    type: str
    intent: Intent | None


def publishable_key() -> str:
    """The key a browser introduces itself to Stripe by."""
    return _keys()["publishable_key"]


def open_intent(order: Order, money: Money) -> Intent:
    """The intent to pay that much for the order as it is: the same one however often it is asked.

    Raises `PaymentsUnreachable`.
    """
    before = order.payment.intent_id if order.payment else "first"
    return _called(
        lambda client: client.v1.payment_intents.create(
            {
                "amount": money.amount,
                "currency": money.currency,
                "automatic_payment_methods": {"enabled": True},
                "metadata": {
                    "order_id": order.id,
                    "user_id": order.user_id,
                    "stage": config.read(config.Stripe).stage,
                },
            },
            {"idempotency_key": f"open-{order.id}-{order.revision}-{before}"},
        )
    )


def intent(intent_id: str) -> Intent | None:
    """The intent as it is now; None: Stripe knows none such. Raises `PaymentsUnreachable`."""
    try:
        return _called(lambda client: client.v1.payment_intents.retrieve(intent_id))
    except _Refused:
        return None


def withdraw(intent_id: str) -> Intent | None:
    """Cancel an intent, so that it can no longer be paid. As it then is, which may be paid already.

    Raises `PaymentsUnreachable`.
    """
    try:
        return _called(lambda client: client.v1.payment_intents.cancel(intent_id))
    except _Refused:
        return intent(intent_id)


def refund(intent_id: str) -> None:
    """Give back all of a payment, once. Raises `PaymentsUnreachable`."""
    try:
        _asked(
            lambda client: client.v1.refunds.create(
                {"payment_intent": intent_id}, {"idempotency_key": f"refund-{intent_id}"}
            )
        )
    except _Refused as refused:
        if refused.code != "charge_already_refunded":
            raise PaymentsUnreachable from refused


def news(body: str, signature: str) -> News:
    """The event that Stripe signed. Raises `BadSignature`."""
    try:
        event = stripe.Webhook.construct_event(
            body, signature, _keys()["webhook_secret"], tolerance=SIGNATURE_GOOD_FOR_SECONDS
        ).to_dict()
    except (ValueError, stripe.SignatureVerificationError):
        raise BadSignature from None
    about = event["data"]["object"]
    is_intent = about.get("object") == "payment_intent"
    return News(event["id"], event["type"], _intent(about) if is_intent else None)


class _Refused(Exception):
    """Stripe understood, and says no."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


type _Call = Callable[[stripe.StripeClient], stripe.StripeObject]


def _called(call: _Call) -> Intent:
    return _intent(_asked(call))


def _asked(call: _Call) -> dict[str, Any]:
    try:
        return call(_client()).to_dict()
    except stripe.InvalidRequestError as error:
        raise _Refused(error.code) from error
    except stripe.StripeError as error:
        raise PaymentsUnreachable from error


def _client() -> stripe.StripeClient:
    return _client_with(_keys()["secret_key"])


@cache
def _client_with(key: str) -> stripe.StripeClient:
    elsewhere = config.read(config.Stripe).stripe_api
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        base_addresses={"api": elsewhere} if elsewhere else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def _keys() -> dict[str, str]:
    """Stripe's keys. An unset one is no key: an empty secret would verify what anybody signs."""
    keys = secret(config.read(config.Stripe).stripe_secret)
    if not all(keys.get(name) for name in ("secret_key", "webhook_secret", "publishable_key")):
        raise PaymentsUnreachable
    return keys


def _intent(said: dict[str, Any]) -> Intent:
    about = said["metadata"] or {}
    # Other shops on the same account may well have orders, too, and so may another stage of ours:
    # an intent of this one names it.
    ours = about if about.get("stage") == config.read(config.Stripe).stage else {}
    return Intent(
        id=said["id"],
        status=_STATUS[said["status"]],
        money=Money(said["amount"], said["currency"]),
        order_id=ours.get("order_id"),
        user_id=ours.get("user_id"),
        client_secret=said["client_secret"],
        failed=said["status"] == "requires_payment_method" and bool(said["last_payment_error"]),
    )
