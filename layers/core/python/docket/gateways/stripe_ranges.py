"""Stripe for the operator: what was created in a range of time, of each kind of object."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from docket.domain.payments.payment import Intent
from docket.domain.payments.refund import StripeRefund, StripeReversal
from docket.gateways import stripe
from docket.gateways.stripe_objects import (
    WebhookEvent,
    intent_if_known,
    stripe_refund,
    webhook_event,
)


@dataclass(frozen=True, kw_only=True)
class Range:
    """From `since` up to `until`, both included."""

    since: datetime
    until: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at <= self.until


@dataclass(frozen=True, kw_only=True)
class CreatedRefund:
    """A refund, and the intent of the payment that it returns."""

    payment_intent_id: str
    refund: StripeRefund


def intents(within: Range) -> Iterator[Intent]:
    """The intents of this stage. Raises `PaymentsUnreachable`."""
    for body in _listed(within, "payment_intents"):
        intent = intent_if_known(body)
        if intent and intent.order_id:
            yield intent


def refunds(within: Range) -> Iterator[CreatedRefund]:
    """The refunds of the account, which may belong to other shops. Raises `PaymentsUnreachable`."""
    for body in _listed(within, "refunds"):
        if isinstance(body.get("payment_intent"), str):
            yield CreatedRefund(
                payment_intent_id=body["payment_intent"], refund=stripe_refund(body)
            )


def disputed(within: Range) -> dict[str, StripeReversal]:
    """The refunds and disputes, as they are now, of the intents that were disputed in the range.

    They may belong to other shops. Raises `PaymentsUnreachable`.
    """
    intent_ids = (body.get("payment_intent") for body in _listed(within, "disputes"))
    return {name: stripe.reversal(name) for name in intent_ids if isinstance(name, str)}


def events(within: Range) -> Iterator[WebhookEvent]:
    """The events of the account; Stripe lists them for 30 days. Raises `PaymentsUnreachable`."""
    for body in _listed(within, "events"):
        yield webhook_event(body["id"], body["type"], body)


def _listed(
    within: Range, kind: Literal["payment_intents", "refunds", "disputes", "events"]
) -> Iterator[dict[str, Any]]:
    created = {"gte": int(within.since.timestamp()), "lte": int(within.until.timestamp())}
    parameters: dict[str, Any] = {"created": created}
    while True:
        page = stripe.page_of(kind, parameters)
        yield from page["data"]
        if not page["has_more"]:
            return
        parameters = {**parameters, "starting_after": page["data"][-1]["id"]}
