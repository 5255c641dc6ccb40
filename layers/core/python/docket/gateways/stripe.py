"""Stripe: the only module that calls it.

Every call that creates an object has an idempotency key derived from its purpose. If the call took
effect but its response was lost, the repeated call returns the same object.
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
)
from docket.domain.pricing import Money
from docket.domain.refund import Refund, StripeRefund, StripeReversal
from docket.gateways.secrets import secret
from docket.runtime import config

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 4
RETRIES = 2
SIGNATURE_TOLERANCE_SECONDS = 300

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
"""Final statuses of a dispute; in every other status it is open."""

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
"""Events of charges, refunds and disputes. Only the intent that they name has Docket's metadata."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,255}")
_CURRENCY = re.compile(r"[a-z]{3}")
_LARGEST_AMOUNT = 10**12


@dataclass(frozen=True)
class WebhookEvent:
    """A verified event of Stripe.

    `intent` is the intent of an event about one; `reversed_payment_intent_id` is the intent that a
    refund or a dispute is about. Both are None for events of other types or of an unknown shape,
    which have no effect.
    """

    id: str
    type: str
    intent: Intent | None = None
    reversed_payment_intent_id: str | None = None


def publishable_key() -> str:
    """The publishable key, with which the browser calls Stripe."""
    return _keys()["publishable_key"]


def create_intent(order: Order, money: Money) -> Intent:
    """Create the intent for the order's current revision, or return the same one again.

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
    """The current state of the intent; None if it is unknown. Raises `PaymentsUnreachable`."""
    try:
        return _call_for_intent(
            lambda client: client.v1.payment_intents.retrieve(payment_intent_id)
        )
    except _Rejected:
        return None


def cancel_intent(payment_intent_id: str) -> Intent | None:
    """Cancel an intent, so that it can no longer be paid.

    Returns its state, which may be that it was paid before. Raises `PaymentsUnreachable`.
    """
    try:
        return _call_for_intent(lambda client: client.v1.payment_intents.cancel(payment_intent_id))
    except _Rejected:
        return get_intent(payment_intent_id)


def create_refund(refund: Refund) -> StripeRefund | None:
    """Request an owed refund. Returns None if Stripe refuses it: it has to be read again.

    Stripe refuses a payment that was refunded by hand, or is disputed. An attempt has a key of its
    own: for a key that was used before, Stripe repeats its response. Raises `PaymentsUnreachable`.
    """
    try:
        created = _request(
            lambda client: client.v1.refunds.create(
                {"payment_intent": refund.payment_intent_id, "amount": refund.money.amount},
                {"idempotency_key": refund.stripe_key},
            )
        )
    except _Rejected as refused:
        if refused.code not in _NOTHING_TO_REFUND:
            raise PaymentsUnreachable from refused
        return None
    return _stripe_refund(created)


_NOTHING_TO_REFUND = ("charge_already_refunded", "charge_disputed", "resource_missing")
"""Stripe's error codes for a payment that is refunded, disputed or not paid."""


def reversal(payment_intent_id: str) -> StripeReversal:
    """The refunds and the dispute of a payment at Stripe. Raises `PaymentsUnreachable`."""
    refunds = _list(
        lambda client: client.v1.refunds.list({"payment_intent": payment_intent_id, "limit": _PAGE})
    )
    disputes = _list(
        lambda client: client.v1.disputes.list(
            {"payment_intent": payment_intent_id, "limit": _PAGE}
        )
    )
    return StripeReversal(
        refunds=tuple(_stripe_refund(refund) for refund in refunds),
        dispute=_DISPUTE_STATUS.get(disputes[0]["status"], DisputeStatus.OPEN)
        if disputes
        else None,
    )


def _stripe_refund(refund: dict[str, Any]) -> StripeRefund:
    return StripeRefund(
        id=refund["id"],
        status=_REFUND_STATUS.get(refund["status"], RefundStatus.PENDING),
        money=Money(refund["amount"], refund["currency"]),
    )


_PAGE = 100
"""Maximum length of a page. Stripe lists the newest first."""


def verify_webhook(body: str, signature: str) -> WebhookEvent:
    """The event in a signed webhook request. Raises `BadSignature`."""
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
    """Raises `BadSignature` unless the signature is valid and its time within the tolerance.

    The SDK accepts any time in the future; this check applies the tolerance in both directions.
    """
    try:
        stripe.WebhookSignature.verify_header(
            body,
            signature.encode("ascii").decode(),
            _keys()["webhook_secret"],
            tolerance=SIGNATURE_TOLERANCE_SECONDS,
        )
        signed_at = next(
            int(value)
            for name, _, value in (part.partition("=") for part in signature.split(","))
            if name == "t"
        )
    except (ValueError, StopIteration, stripe.SignatureVerificationError):
        raise BadSignature from None
    if abs(time.time() - signed_at) > SIGNATURE_TOLERANCE_SECONDS:
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
    """Stripe received the request and refused it."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


type _Call = Callable[[stripe.StripeClient], stripe.StripeObject]


def _call_for_intent(call: _Call) -> Intent:
    intent = _intent_if_known(_request(call))
    if intent is None:  # the API version is fixed, so Stripe has a fault
        raise PaymentsUnreachable
    return intent


def _list(call: _Call) -> list[dict[str, Any]]:
    try:
        objects: list[dict[str, Any]] = _request(call)["data"]
    except _Rejected:  # there is no such intent
        return []
    return objects


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
    """Stripe's keys. Raises if a key is not set: anyone could sign with an empty secret."""
    keys = secret(config.read(config.Stripe).stripe_secret)
    if not all(keys.get(name) for name in ("secret_key", "webhook_secret", "publishable_key")):
        raise PaymentsUnreachable
    return keys


def _intent_if_known(intent: dict[str, Any]) -> Intent | None:
    """The intent; None if it does not have the format of the API version."""
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
    client_secret = intent.get("client_secret")
    return Intent(
        id=payment_intent_id,
        status=_STATUS[status],
        money=Money(amount, currency),
        order_id=order_id,
        user_id=user_id,
        client_secret=client_secret if isinstance(client_secret, str) else None,
        failed=status == "requires_payment_method" and bool(intent.get("last_payment_error")),
    )


def _owner(metadata: object) -> tuple[str, str] | tuple[None, None]:
    """The ids of the order and the customer, if the intent belongs to this stage.

    Other shops and other stages may use the same Stripe account.
    """
    match metadata:
        case {"order_id": str(order_id), "user_id": str(user_id), "stage": str(stage)} if (
            stage == config.read(config.Stripe).stage
            and _ID.fullmatch(order_id)
            and _ID.fullmatch(user_id)
        ):
            return order_id, user_id
    return None, None
