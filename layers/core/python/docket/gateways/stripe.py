"""Stripe: the only module that speaks to it.

Every call that makes something carries an idempotency key made of what it is for, so that a call
which failed after it took effect finds what it made when it is repeated.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import stripe

from docket.domain.errors import BadSignature, PaymentsUnreachable
from docket.domain.order import Order
from docket.domain.payment import (
    DisputeStatus,
    Intent,
    IntentStatus,
    RefundStatus,
    Reversal,
)
from docket.domain.pricing import Money
from docket.gateways.secrets import secret
from docket.runtime import config

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


_REFUND_STATUS = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}

_DISPUTE_STATUS = {
    "won": DisputeStatus.WON,
    "warning_closed": DisputeStatus.WON,
    "prevented": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}
"""Every other status of a dispute is one that has not ended."""

INTENT_EVENTS = frozenset(
    {
        "payment_intent.succeeded",
        "payment_intent.processing",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
    }
)
REVERSAL_EVENTS = frozenset(
    {
        "charge.refunded",
        "charge.refund.updated",
        "refund.created",
        "refund.updated",
        "refund.failed",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
    }
)
"""About a charge, a refund or a dispute: each names its intent, and that alone has our metadata."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,255}")
_CURRENCY = re.compile(r"[a-z]{3}")
_LARGEST_AMOUNT = 10**12


@dataclass(frozen=True)
class WebhookEvent:
    """A verified event of Stripe's.

    `intent` is what an event about an intent shows of it, `reversed_intent_id` names the intent
    that a refund or a dispute is about. Both are None for events that we take no part in: of other
    types, or of a shape that we do not know.
    """

    id: str
    type: str
    intent: Intent | None = None
    reversed_payment_intent_id: str | None = None


def publishable_key() -> str:
    """The key a browser introduces itself to Stripe by."""
    return _keys()["publishable_key"]


def create_intent(order: Order, money: Money) -> Intent:
    """The intent to pay that much for the order as it is: the same one however often it is asked.

    Raises `PaymentsUnreachable`.
    """
    before = order.payment.payment_intent_id if order.payment else "first"
    return _call_for_intent(
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


def get_intent(payment_intent_id: str) -> Intent | None:
    """The intent as it is now; None: Stripe knows none such. Raises `PaymentsUnreachable`."""
    try:
        return _call_for_intent(
            lambda client: client.v1.payment_intents.retrieve(payment_intent_id)
        )
    except _Rejected:
        return None


def cancel_intent(payment_intent_id: str) -> Intent | None:
    """Cancel an intent, so that it can no longer be paid. As it then is, which may be paid already.

    Raises `PaymentsUnreachable`.
    """
    try:
        return _call_for_intent(lambda client: client.v1.payment_intents.cancel(payment_intent_id))
    except _Rejected:
        return get_intent(payment_intent_id)


def refund(intent: Intent) -> Reversal:
    """Refund what is left of a payment, once. What then went back of it.

    A refund that failed is not tried again: the bank has refused it, and a person must find another
    way. Raises `PaymentsUnreachable`.
    """
    before = reversal(intent)
    if before.refund is RefundStatus.FAILED or before.amount_refunded >= intent.money.amount:
        return before
    # Stripe answers a key as it did before, with a refusal because of a dispute as well.
    key = f"refund-{intent.id}" + (f"-{before.dispute}" if before.dispute else "")
    try:
        _request(
            lambda client: client.v1.refunds.create(
                {"payment_intent": intent.id}, {"idempotency_key": key}
            )
        )
    except _Rejected as refused:
        if refused.code not in _NOTHING_TO_REFUND:
            raise PaymentsUnreachable from refused
    return reversal(intent)


_NOTHING_TO_REFUND = ("charge_already_refunded", "charge_disputed", "resource_missing")
"""Stripe's codes for a payment whose money is gone already, or never came."""


def reversal(intent: Intent) -> Reversal:
    """What went back of a payment, as Stripe says now. Raises `PaymentsUnreachable`."""
    refunds = _list(
        lambda client: client.v1.refunds.list({"payment_intent": intent.id, "limit": _PAGE})
    )
    disputes = _list(
        lambda client: client.v1.disputes.list({"payment_intent": intent.id, "limit": _PAGE})
    )
    states = [_REFUND_STATUS.get(refund["status"], RefundStatus.PENDING) for refund in refunds]
    return Reversal(
        payment_intent_id=intent.id,
        amount_refunded=sum(
            refund["amount"]
            for refund, state in zip(refunds, states, strict=True)
            if state is not RefundStatus.FAILED
        ),
        refund=states[0] if states else None,
        dispute=_DISPUTE_STATUS.get(disputes[0]["status"], DisputeStatus.OPEN)
        if disputes
        else None,
    )


_PAGE = 100
"""A page's greatest length. Stripe lists the newest first."""


def verify_webhook(body: str, signature: str) -> WebhookEvent:
    """The event that Stripe signed. Raises `BadSignature`."""
    _verify(body, signature)
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise BadSignature from None
    match event:
        case {"id": str(event_id), "type": str(event_type)} if _ID.fullmatch(event_id):
            return _webhook_event(event_id, event_type, event)
    return WebhookEvent("", "")


def _verify(body: str, signature: str) -> None:
    """Raises `BadSignature` unless Stripe signed the body just now, by its clock and ours.

    The SDK takes a signature of any moment to come; we take none beyond the same tolerance.
    """
    try:
        stripe.WebhookSignature.verify_header(
            body,
            signature.encode("ascii").decode(),
            _keys()["webhook_secret"],
            tolerance=SIGNATURE_GOOD_FOR_SECONDS,
        )
        signed_at = next(
            int(value)
            for name, _, value in (part.partition("=") for part in signature.split(","))
            if name == "t"
        )
    except (ValueError, StopIteration, stripe.SignatureVerificationError):
        raise BadSignature from None
    if abs(time.time() - signed_at) > SIGNATURE_GOOD_FOR_SECONDS:
        raise BadSignature


def _webhook_event(event_id: str, event_type: str, event: dict[str, Any]) -> WebhookEvent:
    match event.get("data"):
        case {"object": dict(about)}:
            pass
        case _:
            return WebhookEvent(event_id, event_type)
    if event_type in INTENT_EVENTS:
        return WebhookEvent(event_id, event_type, intent=_intent_if_known(about))
    if event_type in REVERSAL_EVENTS:
        match about.get("payment_intent"):
            case str(payment_intent_id) if _ID.fullmatch(payment_intent_id):
                return WebhookEvent(
                    event_id, event_type, reversed_payment_intent_id=payment_intent_id
                )
    return WebhookEvent(event_id, event_type)


class _Rejected(Exception):
    """Stripe understood, and says no."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


type _Call = Callable[[stripe.StripeClient], stripe.StripeObject]


def _call_for_intent(call: _Call) -> Intent:
    intent = _intent_if_known(_request(call))
    if intent is None:  # the version of the API is fixed, so Stripe is not well
        raise PaymentsUnreachable
    return intent


def _list(call: _Call) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = _request(call)["data"]
    except _Rejected:  # it knows no such intent
        return []
    return found


def _request(call: _Call) -> dict[str, Any]:
    try:
        return call(_client()).to_dict()
    except stripe.InvalidRequestError as error:
        raise _Rejected(error.code) from error
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


def _intent_if_known(intent: dict[str, Any]) -> Intent | None:
    """The intent, or None if it does not look as the API's version says."""
    match intent:
        case {
            "id": str(payment_intent_id),
            "status": str(status),
            "amount": int(amount),
            "currency": str(currency),
        } if (
            _ID.fullmatch(payment_intent_id)
            and status in _STATUS
            and not isinstance(amount, bool)
            and 0 <= amount <= _LARGEST_AMOUNT
            and _CURRENCY.fullmatch(currency)
        ):
            pass
        case _:
            return None
    order_id, user_id = _owner(intent.get("metadata"))
    secret_of_it = intent.get("client_secret")
    return Intent(
        id=payment_intent_id,
        status=_STATUS[status],
        money=Money(amount, currency),
        order_id=order_id,
        user_id=user_id,
        client_secret=secret_of_it if isinstance(secret_of_it, str) else None,
        failed=status == "requires_payment_method" and bool(intent.get("last_payment_error")),
    )


def _owner(metadata: object) -> tuple[str, str] | tuple[None, None]:
    """The ids of the order and the customer, if the intent is of this stage.

    Other shops on the same account may well have orders, too, and so may another stage of ours.
    """
    match metadata:
        case {"order_id": str(order_id), "user_id": str(user_id), "stage": str(stage)} if (
            stage == config.read(config.Stripe).stage
            and _ID.fullmatch(order_id)
            and _ID.fullmatch(user_id)
        ):
            return order_id, user_id
    return None, None
