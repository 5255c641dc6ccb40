"""Refunds of payments: owed from the moment of the decision until Stripe states the end.

owed ──► pending ──► succeeded
  ▲         │            │    owed again: a refund by hand failed, or a lost dispute was won
  ├─────────┼────────────┘
  └─ failed ┘                 tried again after a back-off; then a person returns the money

A refund by hand or a lost dispute returns the money in another way: what is owed is always what is
left of the payment, and nothing if nothing is left.

The service makes at most one refund of an intent, of everything that was not refunded by hand, and
names it after the intent: a repeated decision finds it. A refund that was made by hand in Stripe's
dashboard has Stripe's id, and is not tried again: the person who made it is alerted. It is closed
when later refunds, the service's refund or a lost dispute return its amount, when a person states
that it is settled, or after `MANUAL_DEADLINE` if the service owes no refund of the payment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from docket.domain.payments.payment import DisputeStatus, Payment, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.transition import TransitionRefused

BACK_OFF = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""The delays before the second and the later tries of a refund that failed."""

PENDING_CHECK = timedelta(hours=6)
"""Interval of the checks of a pending refund; the webhook normally states its end."""

MANUAL_CHECK = timedelta(hours=24)
"""Interval of the checks of a refund that failed at its last try; each one alerts a person."""

MANUAL_DEADLINE = timedelta(days=30)
"""How long the failure of a refund by hand alerts a person, if only that person decided on it."""


class ReversalMissing(Exception):
    """An answer of Stripe lacks a refund or a dispute that it stated before.

    Stripe forgets neither, so the answer is of another account: it states nothing.
    """

    code: ClassVar[str] = "reversal_missing"


class RefundReason(StrEnum):
    """Why a payment is refunded."""

    QUOTE_CHANGED = "quote_changed"
    """The order's quote changed after the payment was opened, or another payment replaced it."""
    ORDER_CANCELLED = "order_cancelled"
    NOT_COMPLETED_IN_TIME = "not_completed_in_time"
    """A document of the order was still in progress at the deadline."""
    PAYMENT_MISMATCH = "payment_mismatch"
    """The payment's amount or customer differs from the order's."""
    BY_HAND = "by_hand"
    """The operator refunded it."""


@dataclass(frozen=True, kw_only=True)
class StripeRefund:
    """A refund as Stripe states it; the status is never `owed`.

    `refund_id` names the refund of Docket that it is an attempt of; None if it was made by hand.
    """

    id: str
    status: RefundStatus
    money: Money
    refund_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class StripeReversal:
    """All refunds, newest first, and the disputes of a payment, as Stripe states them at present.

    `dispute` is that of all of them: see `Payment.dispute`.
    """

    refunds: tuple[StripeRefund, ...] = ()
    dispute: DisputeStatus | None = None
    amount_lost: int = 0
    """The sum of the disputes that were lost, in minor units."""

    @property
    def status(self) -> RefundStatus | None:
        """The status of the newest refund; None if there is none."""
        return self.refunds[0].status if self.refunds else None

    @property
    def amount_refunded(self) -> int:
        """The sum of the refunds that did not fail, in minor units."""
        return _amount_returned(self.refunds)

    def require_known(self, payment: Payment, recorded: "Iterable[Refund]") -> None:
        """Raises `ReversalMissing` if it lacks what is recorded of that payment."""
        missing = {refund.stripe_id for refund in recorded} - {None, *(r.id for r in self.refunds)}
        if missing or (payment.dispute and not self.dispute):
            raise ReversalMissing


def _amount_returned(refunds: Iterable[StripeRefund]) -> int:
    """The sum of those that did not fail, in minor units."""
    return sum(
        refund.money.amount for refund in refunds if refund.status is not RefundStatus.FAILED
    )


@dataclass(frozen=True, kw_only=True)
class RefundSummary:
    """What an order stores of a refund, and shows. `since` is the time of its last change."""

    id: str
    money: Money
    reason: RefundReason
    status: RefundStatus
    since: datetime
    needs_person: bool = False


@dataclass(frozen=True, kw_only=True)
class Refund:
    """A refund. `since` is the time of its last change; `attempts` counts those that Stripe got."""

    id: str
    order_id: str
    user_id: str
    payment_intent_id: str
    money: Money
    reason: RefundReason
    since: datetime
    status: RefundStatus = RefundStatus.OWED
    attempts: int = 0
    stripe_id: str | None = None
    """Stripe's id of the latest attempt."""
    returned: int = 0
    """What its attempts have returned or are returning at Stripe, in minor units. It may be more
    than `money`: a refund that succeeded is owed again if what else was returned was not."""
    amount_acknowledged: int = 0
    """What a person has returned of it outside of Stripe, in minor units."""
    has_other_failure: bool = False
    """It failed otherwise than by the attempt `stripe_id`, whose state says nothing of it then:
    Stripe refused a later request, or what else had returned the money failed after its last try.
    """
    closed_at: datetime | None = None
    """When a refund that failed for good was closed: it owes nothing any more."""

    @classmethod
    def by_hand(cls, payment: Payment, stripe_refund: "StripeRefund", *, at: datetime) -> Self:
        """A refund that was made in Stripe's dashboard."""
        return cls(
            id=stripe_refund.id,
            order_id=payment.order_id,
            user_id=payment.user_id,
            payment_intent_id=payment.payment_intent_id,
            money=stripe_refund.money,
            reason=RefundReason.BY_HAND,
            since=at,
            status=stripe_refund.status,
            attempts=1,
            stripe_id=stripe_refund.id,
        )

    @classmethod
    def owed(cls, payment: Payment, reason: RefundReason, *, at: datetime) -> Self:
        """The refund of all that was not refunded of a payment."""
        return cls(
            id=payment.payment_intent_id,
            order_id=payment.order_id,
            user_id=payment.user_id,
            payment_intent_id=payment.payment_intent_id,
            money=payment.refundable,
            reason=reason,
            since=at,
        )

    @property
    def facts(self) -> dict[str, str | int]:
        """What an audit event says of it. The amount is in minor units."""
        return {
            "payment_intent_id": self.payment_intent_id,
            "amount": self.money.amount,
            "currency": self.money.currency,
        }

    @property
    def summary(self) -> RefundSummary:
        """What its order stores of it."""
        return RefundSummary(
            id=self.id,
            money=self._visible_money,
            reason=self.reason,
            status=self.status,
            since=self.since,
            needs_person=self.needs_person,
        )

    @property
    def _visible_money(self) -> Money:
        """What is owed or under way; at the end all that it returned."""
        if self.status is RefundStatus.SUCCEEDED:
            return Money(self.returned + self.amount_acknowledged, self.money.currency)
        return self.money

    @property
    def is_open(self) -> bool:
        """Whether its money has not been returned, and nobody has closed it."""
        return self.status is not RefundStatus.SUCCEEDED and not self.closed_at

    @property
    def is_hidden(self) -> bool:
        """Whether it ended and returned nothing: the customer sees only what returned the money."""
        if self.status is RefundStatus.FAILED:
            return self.closed_at is not None
        return self.status is RefundStatus.SUCCEEDED and not self._visible_money.amount

    @property
    def was_made_at_stripe(self) -> bool:
        """Whether a person made it in Stripe's dashboard, and not the service."""
        return self.id != self.payment_intent_id

    @property
    def needs_person(self) -> bool:
        """Whether it failed at its last try, or was made at Stripe; and is not closed."""
        is_last = self.was_made_at_stripe or self._was_last_try
        return self.status is RefundStatus.FAILED and is_last and not self.closed_at

    @property
    def _was_last_try(self) -> bool:
        return self.attempts > len(BACK_OFF)

    def stripe_key(self, failures: int) -> str:
        """The idempotency key of the next request, after that number of failed ones.

        Stripe repeats its response to a key for a day, also an error that it answered after the
        request had taken effect. So each request has a key of its own, also by the time since which
        it is owed, and is made only after Stripe's list of refunds did not have the earlier one.
        """
        since = int(self.since.timestamp())
        return f"refund-{self.id}-{self.attempts}-{failures}-{self.money.amount}-{since}"

    def requested(self, stripe_id: str, *, at: datetime) -> "Refund":
        """Stripe has accepted an attempt."""
        if self.status is not RefundStatus.OWED:
            raise TransitionRefused
        return replace(
            self,
            status=RefundStatus.PENDING,
            stripe_id=stripe_id,
            attempts=self.attempts + 1,
            returned=self.returned + self.money.amount,
            has_other_failure=False,
            since=at,
        )

    def refused(self, *, at: datetime) -> "Refund":
        """Stripe refuses an attempt, which failed by that."""
        if self.status is not RefundStatus.OWED:
            raise TransitionRefused
        attempts, failed = self.attempts + 1, RefundStatus.FAILED
        return replace(self, status=failed, attempts=attempts, has_other_failure=True, since=at)

    def succeeded(self, *, at: datetime) -> "Refund":
        """Its latest attempt succeeded. One that is owed has ended its latest attempt."""
        if self.status in (RefundStatus.SUCCEEDED, RefundStatus.OWED):
            raise TransitionRefused
        return replace(self, status=RefundStatus.SUCCEEDED, since=at)

    @property
    def is_settled(self) -> bool:
        """Whether it ended without a success: closed, or nothing is left to return."""
        return self.closed_at is not None or not self.money.amount

    def failed(self, *, at: datetime) -> "Refund":
        """Also after a success: a bank may reject a refund weeks later.

        A refund of which nothing is left to return is settled, whatever the state of its attempts.
        """
        if self.status in (RefundStatus.FAILED, RefundStatus.OWED) or self.is_settled:
            raise TransitionRefused
        return replace(self, status=RefundStatus.FAILED, since=at)

    def retried(self, *, at: datetime) -> "Refund":
        """Owed again, when the back-off is over."""
        if self.status is not RefundStatus.FAILED or self.needs_person:
            raise TransitionRefused
        return replace(self, status=RefundStatus.OWED, since=at)

    def counted(self, stripe_refunds: Iterable[StripeRefund]) -> "Refund":
        """With what those of `stripe_refunds` that are attempts of it have returned."""
        attempts = (refund for refund in stripe_refunds if self.id in (refund.id, refund.refund_id))
        return replace(self, returned=_amount_returned(attempts))

    def of_what_is_left(self, left: Money, *, at: datetime) -> "Refund":
        """Of all that is left of the payment: settled if that is nothing.

        One that succeeded is owed again if something is left, because what else had returned it
        failed, also an earlier attempt of its own. After its last try it has failed, but one that a
        person had acknowledged is tried once more. A refund by hand that failed is of no more than
        what is left, and closed if that is nothing.
        """
        if self.was_made_at_stripe:
            if not left.amount:
                return self.closed(at=at)
            if self.needs_person and left.amount < self.money.amount:
                return replace(self, money=left)
            raise TransitionRefused
        match self.status:
            case RefundStatus.OWED | RefundStatus.FAILED if self.closed_at:
                raise TransitionRefused
            case RefundStatus.OWED | RefundStatus.FAILED if left != self.money:
                status = self.status if left.amount else RefundStatus.SUCCEEDED
                return replace(self, money=left, status=status, since=at)
            case RefundStatus.SUCCEEDED if left.amount:
                again = replace(self, money=left, since=at, closed_at=None)
                if self._was_last_try and not self.closed_at:
                    return replace(again, status=RefundStatus.FAILED, has_other_failure=True)
                return replace(again, status=RefundStatus.OWED)
        raise TransitionRefused

    def replaced_by(self, amount: int, *, at: datetime) -> "Refund":
        """With only what a later refund by hand of that amount does not return."""
        if not (self.was_made_at_stripe and self.needs_person and amount):
            raise TransitionRefused
        missing = max(0, self.money.amount - amount)
        rest = replace(self, money=Money(missing, self.money.currency))
        return rest if missing else rest.closed(at=at)

    def closed(self, *, at: datetime) -> "Refund":
        """At its end, although it failed."""
        if not self.needs_person:
            raise TransitionRefused
        return replace(self, closed_at=at)

    def acknowledged(self, *, at: datetime) -> "Refund":
        """A person states that the money was returned in another way than by Stripe."""
        amount = self.amount_acknowledged + self.money.amount
        closed = replace(self.closed(at=at), status=RefundStatus.SUCCEEDED, since=at)
        return replace(closed, amount_acknowledged=amount)

    def with_stripe_status(self, status: RefundStatus, *, at: datetime) -> "Refund":
        """In the state that Stripe states for its latest attempt."""
        if self.has_other_failure:
            raise TransitionRefused
        match status:
            case RefundStatus.SUCCEEDED:
                return self.succeeded(at=at)
            case RefundStatus.FAILED:
                return self.failed(at=at)
            case RefundStatus.PENDING | RefundStatus.OWED:
                raise TransitionRefused
