"""Stripe's objects as Docket's: intents, refunds, disputes and events.

Only what the pinned API version documents is recognised; anything else has no effect.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from docket.domain.payments.payment import (
    Decline,
    DisputeStatus,
    Intent,
    IntentStatus,
    RefundStatus,
)
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import StripeRefund, StripeReversal
from docket.runtime import config

_STATUS = {
    "requires_payment_method": IntentStatus.OPEN,
    "requires_confirmation": IntentStatus.OPEN,
    "requires_action": IntentStatus.OPEN,
    "requires_capture": IntentStatus.OPEN,
    "processing": IntentStatus.PROCESSING,
    "succeeded": IntentStatus.SUCCEEDED,
    "canceled": IntentStatus.CANCELED,
}


_UNPAID = ("requires_payment_method", "canceled")
"""The statuses in which the error of the last attempt to pay is why the intent is not paid."""

_REFUND_STATUS = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}

_DECLINES = {
    "authentication_not_handled": Decline.AUTHENTICATION,
    "authentication_required": Decline.AUTHENTICATION,
    "offline_pin_required": Decline.AUTHENTICATION,
    "online_or_offline_pin_required": Decline.AUTHENTICATION,
    "payment_intent_authentication_failure": Decline.AUTHENTICATION,
    "expired_card": Decline.EXPIRED_CARD,
    "card_velocity_exceeded": Decline.INSUFFICIENT_FUNDS,
    "insufficient_funds": Decline.INSUFFICIENT_FUNDS,
    "withdrawal_count_limit_exceeded": Decline.INSUFFICIENT_FUNDS,
    "card_not_supported": Decline.NOT_SUPPORTED,
    "currency_not_supported": Decline.NOT_SUPPORTED,
    "service_not_allowed": Decline.NOT_SUPPORTED,
    "transaction_not_allowed": Decline.NOT_SUPPORTED,
    "approve_with_id": Decline.TRY_LATER,
    "issuer_not_available": Decline.TRY_LATER,
    "processing_error": Decline.TRY_LATER,
    "reenter_transaction": Decline.TRY_LATER,
    "try_again_later": Decline.TRY_LATER,
    "incorrect_address": Decline.WRONG_DETAILS,
    "incorrect_cvc": Decline.WRONG_DETAILS,
    "incorrect_number": Decline.WRONG_DETAILS,
    "incorrect_zip": Decline.WRONG_DETAILS,
    "invalid_cvc": Decline.WRONG_DETAILS,
    "invalid_expiry_month": Decline.WRONG_DETAILS,
    "invalid_expiry_year": Decline.WRONG_DETAILS,
    "invalid_number": Decline.WRONG_DETAILS,
}
"""Stripe's decline codes and error codes that help a customer."""

_WEIGHTIEST_FIRST = (
    DisputeStatus.OPEN,
    DisputeStatus.LOST,
    DisputeStatus.INQUIRY,
    DisputeStatus.WON,
)
"""Which status counts of several disputes of one payment."""

_DISPUTE_STATUS = {
    "warning_needs_response": DisputeStatus.INQUIRY,
    "warning_under_review": DisputeStatus.INQUIRY,
    "won": DisputeStatus.WON,
    "warning_closed": DisputeStatus.WON,
    "prevented": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}
"""Statuses in which the bank has not the amount, and `lost`; in every other one it is open."""

INTENT_EVENTS = frozenset(
    {
        "payment_intent.requires_action",
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

_UNLISTED = {"payment_intent.canceled", "payment_intent.requires_action"}

LISTED_EVENTS = tuple(sorted((INTENT_EVENTS | REVERSAL_EVENTS) - _UNLISTED))
"""The events that are looked for in Stripe's list, in case a webhook was lost. Cancellations are
not: nearly all are Docket's own, one for each abandoned payment, and the payments' debts find the
rest. A required action is not: Stripe's form shows it to the customer, and what follows is an event
of its own."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,255}")
_CURRENCY = re.compile(r"[a-z]{3}")
_LARGEST_AMOUNT = 10**12


@dataclass(frozen=True)
class WebhookEvent:
    """A verified event of Stripe.

    `intent` is the intent of an event about one; `reversed_payment_intent_id` is the intent that a
    refund or a dispute is about. Both are None for events of other types or of an unknown shape,
    which have no effect. `created` is Stripe's time of the event.
    """

    id: str
    type: str
    created: datetime | None = None
    intent: Intent | None = None
    reversed_payment_intent_id: str | None = None

    @property
    def payment_intent_id(self) -> str | None:
        """The intent that it is about in either case."""
        return self.reversed_payment_intent_id or (self.intent.id if self.intent else None)


def is_id(text: str) -> bool:
    """Whether a text has the format of Stripe's ids."""
    return _ID.fullmatch(text) is not None


def reversal_of(
    refunds: Sequence[dict[str, Any]], disputes: Sequence[dict[str, Any]]
) -> StripeReversal:
    """All refunds and disputes of a payment; the refunds have the newest first.

    A payment may be disputed more than once, in parts or again: each dispute counts.
    """
    statuses = [_DISPUTE_STATUS.get(dispute["status"], DisputeStatus.OPEN) for dispute in disputes]
    return StripeReversal(
        refunds=tuple(stripe_refund(refund) for refund in refunds),
        dispute=next((status for status in _WEIGHTIEST_FIRST if status in statuses), None),
        amount_lost=sum(
            dispute["amount"]
            for dispute, status in zip(disputes, statuses, strict=True)
            if status is DisputeStatus.LOST
        ),
    )


def stripe_refund(refund: dict[str, Any]) -> StripeRefund:
    """A refund. An unknown status is pending; `refund_id` is None if Docket did not create it."""
    return StripeRefund(
        id=refund["id"],
        status=_REFUND_STATUS.get(refund["status"], RefundStatus.PENDING),
        money=Money(refund["amount"], refund["currency"]),
        refund_id=(refund.get("metadata") or {}).get("refund_id"),
    )


def webhook_event(event_id: str, event_type: str, event: dict[str, Any]) -> WebhookEvent:
    """An event. A success took place when its event was created.

    Of a bank debit, the intent and its charge state only when it was started, days before.
    """
    bare = WebhookEvent(event_id, event_type, _time(event.get("created")))
    match event.get("data"):
        case {"object": dict(about)}:
            pass
        case _:
            return bare
    if event_type in INTENT_EVENTS:
        intent = intent_if_known(about)
        if intent and intent.status is IntentStatus.SUCCEEDED:
            is_success = event_type == "payment_intent.succeeded"
            intent = replace(intent, paid_at=bare.created if is_success else intent.paid_at)
        return replace(bare, intent=intent)
    if event_type in REVERSAL_EVENTS:
        match about.get("payment_intent"):
            case str(payment_intent_id) if _ID.fullmatch(payment_intent_id):
                return replace(bare, reversed_payment_intent_id=payment_intent_id)
    return bare


def intent_if_known(intent: dict[str, Any]) -> Intent | None:
    """The intent; None if it does not have the format of the API version.

    Its amount is what is to be paid; after its success, what was received.
    """
    amount_field = "amount_received" if intent.get("status") == "succeeded" else "amount"
    match {**intent, "money": intent.get(amount_field)}:
        case {
            "id": str(payment_intent_id),
            "status": str(status),
            "money": int(amount),
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
    error = intent.get("last_payment_error") if status in _UNPAID else None
    return Intent(
        id=payment_intent_id,
        status=_STATUS[status],
        money=Money(amount, currency),
        order_id=order_id,
        user_id=user_id,
        client_secret=client_secret if isinstance(client_secret, str) else None,
        failed=bool(error),
        decline=_decline(error),
        requires_action=status == "requires_action",
        paid_at=_paid_at(intent.get("latest_charge")),
    )


def _decline(error: object) -> Decline | None:
    """Why the last attempt was declined. The decline code says more than the code."""
    if not isinstance(error, dict):
        return None
    codes = (error.get("decline_code"), error.get("code"))
    return next((_DECLINES[code] for code in codes if code in _DECLINES), None)


def _paid_at(charge: object) -> datetime | None:
    """When an expanded charge succeeded: at once by card, unknown by any other method."""
    match charge:
        case {
            "status": "succeeded",
            "created": created,
            "payment_method_details": {"type": "card"},
        }:
            return _time(created)
    return None


def _time(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


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
