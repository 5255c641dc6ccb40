"""The money's side of an order: the payment it waits for, and what Stripe says of an intent."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from docket.domain.pricing import Money


class PaymentStatus(StrEnum):
    OPEN = "open"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The payment intent that is the order's current one, and the revision it pays for."""

    intent_id: str
    money: Money
    revision: int
    opened_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    paid_at: datetime | None = None


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
