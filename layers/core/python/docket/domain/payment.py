"""Payments of an order, their refunds and disputes, and Stripe's payment intents."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from docket.domain.pricing import Money
from docket.domain.reason import Reason


class PaymentStatus(StrEnum):
    """The status of a payment."""

    OPEN = "open"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RefundReason(StrEnum):
    """Why a payment that succeeded cannot complete its order and is refunded in full."""

    QUOTE_CHANGED = "quote_changed"
    """The order's quote changed after the payment was opened, or another payment replaced it."""
    ORDER_CANCELLED = "order_cancelled"
    NOT_COMPLETED_IN_TIME = "not_completed_in_time"
    """A document of the order was still in progress at the deadline."""
    PAYMENT_MISMATCH = "payment_mismatch"
    """The payment's amount or customer differs from the order's."""


class RefundStatus(StrEnum):
    """The status of a refund."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """The bank rejected the refund, at once or later; the amount is back in the Stripe account."""


class DisputeStatus(StrEnum):
    """The state of a chargeback; Stripe withholds the amount while it is open."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """The refunds of a payment, made by the service or in Stripe's dashboard, and its dispute.

    `amount_refunded` is the sum of the refunds that did not fail, in minor units; `refund` is the
    state of the newest refund.
    """

    payment_intent_id: str
    amount_refunded: int = 0
    refund: RefundStatus | None = None
    dispute: DisputeStatus | None = None

    @property
    def is_open(self) -> bool:
        """Whether the newest refund is pending or failed; a failed one needs manual action."""
        return self.refund in (RefundStatus.PENDING, RefundStatus.FAILED)

    def is_whole(self, paid: Money) -> bool:
        """Whether the refunds cover the whole amount `paid`."""
        return self.amount_refunded >= paid.amount

    def code(self, paid: Money) -> str | None:
        """The reason code for a payment of `paid`; None if nothing was refunded or disputed."""
        if self.refund is RefundStatus.FAILED:
            return "refund_failed"
        if self.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
            return f"dispute_{self.dispute}"
        if self.is_whole(paid):
            return "refunded"
        return "partially_refunded" if self.amount_refunded else None

    def reason(self, code: str, currency: str) -> Reason:
        """The reason with that code and the refunded amount as parameters.

        If the refund failed, the parameters include that too, because a cancelled order has its
        cancellation as the code.
        """
        params: dict[str, str | int] = {"amount": self.amount_refunded, "currency": currency}
        if self.refund is RefundStatus.FAILED:
            params |= {"refund_status": self.refund, "context": "refund_failed"}
        return Reason(code, params)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The order's current payment intent and the order revision it was opened for."""

    payment_intent_id: str
    money: Money
    revision: int
    opened_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    paid_at: datetime | None = None

    @property
    def facts(self) -> dict[str, str | int]:
        """The payment's fields in an audit event; `amount` is in minor units."""
        return {
            "payment_intent_id": self.payment_intent_id,
            "amount": self.money.amount,
            "currency": self.money.currency,
        }


class IntentStatus(StrEnum):
    """The state of a payment intent; Stripe's states that need the same handling are merged."""

    OPEN = "open"
    """The customer has not paid yet: no card, a declined card, or a pending 3-D Secure check."""
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A payment intent of Stripe. Without Docket's metadata `order_id` and `user_id` are None."""

    id: str
    status: IntentStatus
    money: Money
    order_id: str | None
    user_id: str | None
    client_secret: str | None = field(default=None, repr=False)
    failed: bool = False
    """The last attempt to pay was declined; the customer may try another card."""
