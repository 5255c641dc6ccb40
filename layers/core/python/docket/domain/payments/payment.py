"""Payments of an order: Stripe's payment intents, each followed to its end.

open ──► processing ──► succeeded      a refund or a dispute of it follows
 ▲ │         │
 │ │         └─ declined: back to open; to_cancel if the order changed or was closed
 │ ├──► canceled
 └─┴──► to_cancel ──► canceled | processing | succeeded

open        the customer may pay; a declined card leaves it open, with `failure`, and so does a bank
            that asks the customer to confirm the payment
to_cancel   the order changed or was closed; it is cancelled at Stripe, which may find it paid
processing  the bank is confirming the payment; it can no longer be cancelled
succeeded, canceled   final
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from docket.domain.payments.pricing import Money
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused


class PaymentStatus(StrEnum):
    """The status of a payment."""

    OPEN = "open"
    PROCESSING = "processing"
    TO_CANCEL = "to_cancel"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


FINAL = (PaymentStatus.SUCCEEDED, PaymentStatus.CANCELED)

ACTION_REQUIRED = Reason("payment_requires_action")
"""The customer's bank or wallet asks them to confirm the payment."""

TIME_TO_REPAY = timedelta(days=1)
"""How long an order can be paid at least after a bank debit that did not pay it."""


class RefundStatus(StrEnum):
    """The status of a refund."""

    OWED = "owed"
    """Stripe has not accepted it yet."""
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """The bank rejected it, at once or later; the amount is back in the Stripe account."""


class DisputeStatus(StrEnum):
    """The state of a chargeback."""

    INQUIRY = "inquiry"
    """The bank asks before it decides to dispute; a refund of the payment answers it."""
    OPEN = "open"
    """The bank has withdrawn the amount, so nothing can be refunded."""
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment intent and the order revision it was opened for.

    The order stores a copy of its current payment. `paid_at` is Stripe's time of the success;
    `promised_at` is when the order is completed or the amount is refunded. `amount_refunded` is the
    sum of the refunds that did not fail, and `amount_lost` of the disputes that were lost, in minor
    units.
    """

    payment_intent_id: str
    order_id: str
    user_id: str
    money: Money
    revision: int
    opened_at: datetime
    status: PaymentStatus = PaymentStatus.OPEN
    failure: Reason | None = None
    """Why the last attempt to pay failed, or has not succeeded yet; None after a success."""
    paid_at: datetime | None = None
    promised_at: datetime | None = None
    amount_refunded: int = 0
    amount_lost: int = 0
    amount_acknowledged: int = 0
    """What a person has returned outside of Stripe, in minor units: see `Refund.acknowledged`."""
    refund: RefundStatus | None = None
    """The status of the newest refund: see `status_of_refunds`."""
    dispute: DisputeStatus | None = None
    """Of several disputes: open if one is, else lost if one was, else an inquiry, else won."""
    is_withheld: bool = False
    """The order is closed while the bank decides on the dispute."""
    reversal_version: int = 0
    """Counts Stripe's answers about refunds and disputes that were recorded, also one that states
    nothing new: so an earlier answer that is recorded late is refused."""

    @property
    def facts(self) -> dict[str, str | int]:
        """The payment's fields in an audit event; `amount` is in minor units."""
        return {
            "payment_intent_id": self.payment_intent_id,
            "amount": self.money.amount,
            "currency": self.money.currency,
        }

    @property
    def is_final(self) -> bool:
        """Whether it cannot be paid any more, because it succeeded or was cancelled."""
        return self.status in FINAL

    @property
    def was_tried(self) -> bool:
        """Whether an attempt to pay is recorded."""
        return self.status is not PaymentStatus.OPEN or self.failure is not None

    @property
    def is_payable(self) -> bool:
        """Whether the customer may pay with this intent."""
        return self.status is PaymentStatus.OPEN

    @property
    def requires_action(self) -> bool:
        """Whether the customer has to confirm the payment at their bank or wallet."""
        return self.is_payable and self.failure == ACTION_REQUIRED

    @property
    def is_returned(self) -> bool:
        """Whether the amount was returned in whole, or a dispute was lost."""
        return self.is_lost or self.refundable.amount <= 0

    @property
    def is_lost(self) -> bool:
        """Whether a dispute was lost, also if another one is open."""
        return self.dispute is DisputeStatus.LOST or self.amount_lost > 0

    @property
    def amount_returned(self) -> int:
        """What was refunded at Stripe or returned by a person, in minor units."""
        return self.amount_refunded + self.amount_acknowledged

    @property
    def gives_access(self) -> bool:
        """Whether the order that it completed is open to the customer."""
        return not self.is_returned and not self.is_withheld

    @property
    def is_refundable(self) -> bool:
        """Whether it succeeded, and something of it was not returned."""
        return self.status is PaymentStatus.SUCCEEDED and self.refundable.amount > 0

    @property
    def refundable(self) -> Money:
        """What was neither refunded, nor lost in a dispute, nor returned by a person."""
        returned = self.amount_refunded + self.amount_lost + self.amount_acknowledged
        left = self.money.amount - returned
        return Money(max(0, left), self.money.currency)

    @property
    def reversal(self) -> Reason | None:
        """The reason that a refund or a dispute gives; None without either."""
        if self.is_lost:
            return self.refund_reason(f"dispute_{DisputeStatus.LOST}")
        if self.dispute is DisputeStatus.OPEN:
            reason = self.refund_reason(f"dispute_{DisputeStatus.OPEN}")
            closed = {} if self.gives_access else {"context": "closed"}
            return Reason(reason.code, {**reason.params, **closed})
        if self.amount_returned:
            return self.refund_reason("refunded" if self.is_returned else "partially_refunded")
        return None

    def refund_reason(self, code: str) -> Reason:
        """The reason with that code and the returned amount."""
        return Reason(code, {"amount": self.amount_returned, "currency": self.money.currency})

    def has_state_of(self, other: "Payment") -> bool:
        """Whether nothing but the number of Stripe's answers tells them apart."""
        return replace(self, reversal_version=other.reversal_version) == other

    def acknowledged(self, amount: int) -> "Payment":
        """With a part of that amount that a person has returned outside of Stripe."""
        return replace(self, amount_acknowledged=self.amount_acknowledged + amount)

    def to_cancel(self) -> "Payment":
        """To be cancelled at Stripe, because the order changed or was closed."""
        if not self.is_payable:
            raise TransitionRefused
        return replace(_without_action(self), status=PaymentStatus.TO_CANCEL)

    def confirming(self) -> "Payment":
        """The bank is confirming it."""
        if self.status not in (PaymentStatus.OPEN, PaymentStatus.TO_CANCEL):
            raise TransitionRefused
        return replace(self, status=PaymentStatus.PROCESSING, failure=None)

    def declined(self, failure: Reason, *, may_be_repeated: bool = True) -> "Payment":
        """An attempt to pay failed. The customer may try again unless it is to be cancelled.

        It is, unless `may_be_repeated`, if the order changed or was closed while the bank was
        confirming the payment.
        """
        if self.is_final or (
            self.failure == failure and self.status is not PaymentStatus.PROCESSING
        ):
            raise TransitionRefused
        back = PaymentStatus.OPEN if may_be_repeated else PaymentStatus.TO_CANCEL
        status = back if self.status is PaymentStatus.PROCESSING else self.status
        return replace(self, status=status, failure=failure)

    def awaiting_action(self, *, may_be_repeated: bool = True) -> "Payment":
        """The customer has to confirm the payment. One that is to be cancelled needs nothing more.

        `may_be_repeated` is that of `declined`.
        """
        if self.status is PaymentStatus.TO_CANCEL:
            raise TransitionRefused
        updated = self.declined(ACTION_REQUIRED, may_be_repeated=may_be_repeated)
        return updated if updated.is_payable else _without_action(updated)

    def canceled(self) -> "Payment":
        """Stripe has cancelled it. Raises `TransitionRefused` if its status is final."""
        if self.is_final:
            raise TransitionRefused
        return replace(_without_action(self), status=PaymentStatus.CANCELED)

    def succeeded(self, money: Money, *, paid_at: datetime, guarantee: timedelta) -> "Payment":
        """Paid: `money` was received. The order is completed or refunded within `guarantee` from
        Stripe's time.

        Stripe's report is final: an intent that was recorded as canceled can succeed only if that
        record was wrong, and then its money must be completed or refunded.
        """
        if self.status is PaymentStatus.SUCCEEDED:
            raise TransitionRefused
        return replace(
            self,
            status=PaymentStatus.SUCCEEDED,
            money=money,
            failure=None,
            paid_at=paid_at,
            promised_at=paid_at + guarantee,
        )

    def reversed(
        self,
        *,
        amount_refunded: int,
        refund: RefundStatus | None,
        dispute: DisputeStatus | None,
        amount_lost: int = 0,
        dispute_closes: bool = False,
    ) -> "Payment":
        """With the refunds and the dispute of an answer of Stripe: see `reversal_version`.

        With `dispute_closes` the order is closed while the dispute is open, and not only if it is
        lost.
        """
        return replace(
            self,
            amount_refunded=amount_refunded,
            amount_lost=amount_lost,
            refund=refund,
            dispute=dispute,
            is_withheld=dispute_closes and dispute is DisputeStatus.OPEN,
            reversal_version=self.reversal_version + 1,
        )


def _without_action(payment: Payment) -> Payment:
    """The payment without a required action, which ends with the attempt to pay."""
    return replace(payment, failure=None) if payment.failure == ACTION_REQUIRED else payment


class Effect(StrEnum):
    """What a payment that succeeded does to its order, if it is not refunded."""

    COMPLETES = "completes"
    WAITS = "waits"


class IntentStatus(StrEnum):
    """The state of a payment intent; Stripe's states that need the same handling are merged."""

    OPEN = "open"
    """The customer has not paid yet: no card, a declined card, or a pending 3-D Secure check."""
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class Decline(StrEnum):
    """Why an attempt to pay failed, as far as the customer can do something about it.

    A lost, stolen or suspicious card has none: the reason must not be shown to its user.
    """

    AUTHENTICATION = "authentication"
    EXPIRED_CARD = "expired_card"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    NOT_SUPPORTED = "not_supported"
    TRY_LATER = "try_later"
    WRONG_DETAILS = "wrong_details"


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
    """The last attempt to pay was declined; the customer may try another card while it is open."""
    decline: Decline | None = None
    """Why it was declined; None if there is no reason that helps the customer."""
    requires_action: bool = False
    """The customer has to confirm the payment at their bank or wallet."""
    paid_at: datetime | None = None
    """When it succeeded, by Stripe's clock; None if Stripe's answer does not state it."""

    def has_state_of(self, other: "Intent") -> bool:
        """Whether both state the same about the attempts to pay."""
        states = [(i.status, i.failed, i.decline, i.requires_action) for i in (self, other)]
        return states[0] == states[1]
