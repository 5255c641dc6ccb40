"""The money's side of an order: the payment it waits for, and what Stripe says of an intent."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from docket.domain.pricing import Money
from docket.domain.reason import Reason


class PaymentStatus(StrEnum):
    OPEN = "open"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RefundReason(StrEnum):
    """Why a payment that succeeded does not count and is refunded in whole."""

    QUOTE_CHANGED = "quote_changed"
    """The order's quote is no longer the one that was paid, or another payment replaced this."""
    ORDER_CANCELLED = "order_cancelled"
    NOT_COMPLETED_IN_TIME = "not_completed_in_time"
    """A document of the order was still in progress at the deadline."""
    PAYMENT_MISMATCH = "payment_mismatch"
    """Its amount or its customer is not the order's."""


class RefundStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """The bank turned the refund down, at once or later: the money is with us again."""


class DisputeStatus(StrEnum):
    """How a chargeback stands; its money is withdrawn while it is open."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """What went back of a payment: by refunds, whoever made them, and by a dispute.

    `amount_refunded` is the sum of the refunds that did not fail; `refund` is the state of the
    newest one.
    """

    intent_id: str
    amount_refunded: int = 0
    refund: RefundStatus | None = None
    dispute: DisputeStatus | None = None

    @property
    def is_open(self) -> bool:
        """A refund has not ended well: the bank still works on it, or a person must."""
        return self.refund in (RefundStatus.PENDING, RefundStatus.FAILED)

    def is_whole(self, paid: Money) -> bool:
        """All that was paid was refunded."""
        return self.amount_refunded >= paid.amount

    def code(self, paid: Money) -> str | None:
        """The code of what went back of a payment of that much; None: nothing did."""
        if self.refund is RefundStatus.FAILED:
            return "refund_failed"
        if self.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
            return f"dispute_{self.dispute}"
        if self.is_whole(paid):
            return "refunded"
        return "partially_refunded" if self.amount_refunded else None

    def reason(self, code: str, currency: str) -> Reason:
        """The reason of that code, with the amount that was returned.

        A cancelled order keeps the code it was cancelled for when its refund fails.
        """
        params: dict[str, str | int] = {"amount": self.amount_refunded, "currency": currency}
        if self.refund is RefundStatus.FAILED:
            params |= {"refund_status": self.refund, "context": "refund_failed"}
        return Reason(code, params)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The payment intent that is the order's current one, and the revision it pays for."""

    intent_id: str
    money: Money
    revision: int
    opened_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    paid_at: datetime | None = None

    @property
    def facts(self) -> dict[str, str | int]:
        """What an event says of it."""
        return {
            "payment_intent_id": self.intent_id,
            "amount": self.money.amount,
            "currency": self.money.currency,
        }


class IntentStatus(StrEnum):
    """What can become of an intent, from here: Stripe's states, as far as they differ to us."""

    OPEN = "open"
    """The customer has still to pay: no card yet, a declined one, a challenge not yet passed."""
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A payment intent as Stripe describes it. The ids are None where it is none of ours."""

    id: str
    status: IntentStatus
    money: Money
    order_id: str | None
    user_id: str | None
    client_secret: str | None = field(default=None, repr=False)
    failed: bool = False
    """The last attempt to pay was turned down; the customer may try another card."""
