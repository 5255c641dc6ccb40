"""Stripe: the only module that calls it.

Every call that creates an object has an idempotency key derived from its purpose. If the call took
effect but its response was lost, the repeated call returns the same object.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import stripe

from docket.domain.errors import BadSignature, PaymentsUnreachable
from docket.domain.orders.order import Order
from docket.domain.payments.payment import Intent
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import Refund, StripeRefund, StripeReversal
from docket.gateways import stripe_pace
from docket.gateways.secrets import secret
from docket.gateways.stripe_objects import (
    INTENT_EVENTS,
    LISTED_EVENTS,
    REVERSAL_EVENTS,
    WebhookEvent,
    intent_if_known,
    is_id,
    reversal_of,
    stripe_refund,
    webhook_event,
)
from docket.runtime import config

if TYPE_CHECKING:
    from requests import Session

__all__ = [
    "INTENT_EVENTS",
    "LISTED_EVENTS",
    "REVERSAL_EVENTS",
    "EventPage",
    "WebhookEvent",
    "cancel_intent",
    "create_intent",
    "create_refund",
    "event",
    "events_after",
    "get_intent",
    "page_of",
    "publishable_key",
    "reversal",
    "success_time",
    "verify_webhook",
]

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 4
RETRIES = 2
SIGNATURE_TOLERANCE_SECONDS = 300
_PAGE = 100
"""Maximum length of a page. Stripe lists the newest first."""


@dataclass(frozen=True)
class EventPage:
    """Events in the order of their creation, and whether there are newer ones."""

    events: list[WebhookEvent]
    has_more: bool


def publishable_key() -> str:
    """The publishable key, with which the browser calls Stripe."""
    return _keys()["publishable_key"]


def create_intent(order: Order, money: Money) -> Intent:
    """Create the intent for the order's current revision, or return the same one again.

    If Stripe has saved an error for the key, it is passed over: every call tries the same keys. The
    prefix of the key changes with the parameters, because Stripe refuses a key with other ones.
    Raises `PaymentsUnreachable`.
    """
    before = order.payment.payment_intent_id if order.payment else "first"
    key = f"intent-{order.id}-{order.revision}-{before}"
    for number in range(MOST_SAVED_ERRORS):
        try:
            return _create_intent(order, money, key=f"{key}-{number}" if number else key)
        except PaymentsUnreachable as error:
            if not is_saved(error):
                raise
    raise PaymentsUnreachable


MOST_SAVED_ERRORS = 5

_SLOW_METHODS = [
    "acss_debit",
    "boleto",
    "customer_balance",
    "konbini",
    "multibanco",
    "oxxo",
    "us_bank_account",
]
"""Payment methods with which an intent may wait for the customer for days (`requires_action`):
vouchers, bank transfers, and accounts that are verified by small deposits. See decision 0022."""


def _create_intent(order: Order, money: Money, *, key: str) -> Intent:
    return _call_for_intent(
        lambda client: client.v1.payment_intents.create(
            {
                "amount": money.amount,
                "currency": money.currency,
                "automatic_payment_methods": {"enabled": True},
                "excluded_payment_method_types": [*_SLOW_METHODS],
                "metadata": {
                    "order_id": order.id,
                    "user_id": order.user_id,
                    "stage": config.read(config.Stripe).stage,
                },
            },
            {"idempotency_key": key},
        )
    )


def is_saved(error: PaymentsUnreachable) -> bool:
    """Whether Stripe repeats the error of an earlier request with that idempotency key.

    It does so for a day: https://docs.stripe.com/api/idempotent_requests.
    """
    cause = error.__cause__
    headers = (cause.headers or {}) if isinstance(cause, stripe.StripeError) else {}
    return any(name.lower() == "idempotent-replayed" for name in headers)


def get_intent(payment_intent_id: str) -> Intent | None:
    """The current state of the intent; None if it is unknown. Raises `PaymentsUnreachable`."""
    try:
        return _call_for_intent(
            lambda client: client.v1.payment_intents.retrieve(
                payment_intent_id, {"expand": ["latest_charge"]}
            )
        )
    except _Rejected:
        return None


def cancel_intent(payment_intent_id: str) -> Intent | None:
    """Cancel an intent, so that it can no longer be paid. It may be repeated.

    Returns its state, which may be that it was paid before; None if Stripe does not know it. Raises
    `PaymentsUnreachable`.
    """
    try:
        return _call_for_intent(lambda client: client.v1.payment_intents.cancel(payment_intent_id))
    except _Rejected:
        return get_intent(payment_intent_id)


def create_refund(refund: Refund, *, failures: int = 0) -> StripeRefund | None:
    """Request an owed refund. Returns None if Stripe refuses it: it has to be read again.

    Stripe refuses a payment that was refunded by hand, or is disputed, for example. `failures` is
    how often the request has failed: see `Refund.stripe_key`. Raises `PaymentsUnreachable`.
    """
    try:
        created = _request(
            lambda client: client.v1.refunds.create(
                {
                    "payment_intent": refund.payment_intent_id,
                    "amount": refund.money.amount,
                    "metadata": {"refund_id": refund.id},
                },
                {"idempotency_key": refund.stripe_key(failures)},
            )
        )
    except _Rejected:
        return None
    return stripe_refund(created)


def reversal(payment_intent_id: str) -> StripeReversal:
    """The refunds and the dispute of a payment at Stripe. Raises `PaymentsUnreachable`."""
    refunds = _of_payment("refunds", payment_intent_id)
    disputes = _of_payment("disputes", payment_intent_id)
    return reversal_of(refunds, disputes)


def _of_payment(
    kind: Literal["refunds", "disputes"], payment_intent_id: str
) -> list[dict[str, Any]]:
    """All of a payment, the newest first. A part of them, or a refusal, states nothing about it.

    Raises `PaymentsUnreachable`.
    """
    bound: dict[str, Any] = {"payment_intent": payment_intent_id}
    found: list[dict[str, Any]] = []
    for _ in range(_REVERSAL_PAGES):
        try:
            page = page_of(kind, bound)
        except _Rejected as error:
            raise PaymentsUnreachable from error
        found += page["data"]
        if not page["has_more"]:
            return found
        bound["starting_after"] = found[-1]["id"]
    raise PaymentsUnreachable


_REVERSAL_PAGES = 10


def event(event_id: str) -> WebhookEvent | None:
    """An event of the last 30 days; None if it is older. Raises `PaymentsUnreachable`."""
    try:
        body = _request(lambda client: client.v1.events.retrieve(event_id))
    except _Rejected:
        return None
    return webhook_event(body["id"], body["type"], body)


def events_after(event_id: str | None, *, since: datetime | None = None) -> EventPage:
    """The first page of the listed events after that one; from the oldest on if it is None.

    `since` limits the list if `event_id` is None: its first page is reached through all others.
    Stripe lists events for 30 days: if `event_id` is older, so are all that were listed before it.
    Raises `PaymentsUnreachable`.
    """
    if event_id:
        try:
            page = _events(ending_before=event_id)
        except _Rejected:
            return events_after(None)
        return EventPage(_parsed(page), has_more=page["has_more"])
    bound: dict[str, Any] = {"created": {"gte": int(since.timestamp())}} if since else {}
    page, has_more = _events(**bound), False
    while page["has_more"]:
        page, has_more = _events(**bound, starting_after=page["data"][-1]["id"]), True
    return EventPage(_parsed(page), has_more=has_more)


def _events(**bound: Any) -> dict[str, Any]:
    parameters: Any = {"types": [*LISTED_EVENTS], "limit": _PAGE, **bound}
    return _request(lambda client: client.v1.events.list(parameters))


def _parsed(page: dict[str, Any]) -> list[WebhookEvent]:
    return [webhook_event(item["id"], item["type"], item) for item in reversed(page["data"])]


def success_time(payment_intent_id: str, *, since: datetime | None) -> datetime | None:
    """When an intent succeeded, by the time of its event; None if that is not listed.

    The newest 1,000 successes of the account since that time are searched: Stripe lists events for
    30 days, and not by their object. Raises `PaymentsUnreachable`.
    """
    bound: dict[str, Any] = {"type": "payment_intent.succeeded"}
    if since:
        bound["created"] = {"gte": int(since.timestamp())}
    for _ in range(_SUCCESS_PAGES):
        page = page_of("events", bound)
        for success in _parsed(page):
            if success.intent and success.intent.id == payment_intent_id:
                return success.created
        if not page["has_more"]:
            return None
        bound["starting_after"] = page["data"][-1]["id"]
    return None


_SUCCESS_PAGES = 10


def page_of(
    kind: Literal["payment_intents", "refunds", "disputes", "events"], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of the account's objects, the newest first. Raises `PaymentsUnreachable`."""
    query: Any = {"limit": _PAGE, **parameters}
    return _request(lambda client: getattr(client.v1, kind).list(query))


def verify_webhook(body: str, signature: str) -> WebhookEvent:
    """The event in a signed webhook request. Raises `BadSignature`."""
    _verify(body, signature)
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise BadSignature from None
    match event:
        case {"id": str(event_id), "type": str(event_type)} if is_id(event_id):
            return webhook_event(event_id, event_type, event)
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


class _Rejected(Exception):
    """Stripe received the request and refused it."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


type _Call = Callable[[stripe.StripeClient], stripe.StripeObject]


def _call_for_intent(call: _Call) -> Intent:
    intent = intent_if_known(_request(call))
    if intent is None:  # the API version is fixed, so Stripe has a fault
        raise PaymentsUnreachable
    return intent


def _request(call: _Call) -> dict[str, Any]:
    stripe_pace.wait()
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
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS, session=_without_redirects()),
    )


def _without_redirects() -> "Session":
    """A session that follows no redirect: a request has the secret key."""
    import requests  # noqa: PLC0415 - Stripe's library loads it late, too

    session = requests.Session()
    session.max_redirects = 0
    return session


def _keys() -> dict[str, str]:
    """Stripe's keys. Raises if a key is not set: anyone could sign with an empty secret."""
    keys = secret(config.read(config.Stripe).stripe_secret)
    if not all(keys.get(name) for name in ("secret_key", "webhook_secret", "publishable_key")):
        raise PaymentsUnreachable
    return keys
