"""The deadlines of a life: what is paid is completed or refunded, and what is owed is requested.

    captured at Stripe     completed, or its refund requested, by the promised time
    refund owed            requested at once

Where faults prevent that, the time counts from their end, and a disputed payment can be refunded
only when the dispute has ended. A debt that failed meanwhile is tried again after its back-off. So
each is compared when it is fulfilled, and `ending.py` finds what never is.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from docket.domain.debt import CLAIM, PROCESSING_CHECK, DebtClass, retry_after
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import DisputeStatus, Payment, RefundStatus
from docket.domain.payments.refund import BACK_OFF, Refund
from docket.table import keys
from tests.simulation.environment.stripe_side import Capture
from tests.simulation.world import MAX_SKEW_SECONDS

SLACK = timedelta(minutes=15)
"""For a worker's claim that nobody fulfils, an index that is late, and the schedule's next minutes,
which are five in a life without faults."""

SKEW = timedelta(seconds=MAX_SKEW_SECONDS)


@dataclass
class Paid:
    """What is known of the payments and refunds of an order, beside its items."""

    captures: dict[str, Capture] = field(default_factory=dict)
    """Those that are neither completed nor refunded yet."""
    owed: dict[str, Refund] = field(default_factory=dict)
    """The refunds that Stripe has not accepted yet."""
    disputed_at: dict[str, datetime] = field(default_factory=dict)
    """When a payment was last seen while its dispute was open."""
    failures: dict[str, int] = field(default_factory=dict)
    """How often in a row the debt of an item failed, by its sort key."""


class Deadlines:
    """Compares what happens with its deadlines. Times are true times."""

    def __init__(self, guarantees: Callable[[], Collection[timedelta]]) -> None:
        """`guarantees`: within what the stage has promised to complete or refund so far."""
        self._guarantees = guarantees
        self._faults_end: datetime | None = None
        self._paid: defaultdict[str, Paid] = defaultdict(Paid)
        self._by_event: dict[str, Capture] = {}
        self._unhandled: dict[str, int] = {}
        self.captures: dict[str, Capture] = {}
        """All payments that Stripe has captured."""

    def faults_stop(self, now: datetime) -> None:
        """From now on nothing excuses a delay."""
        self._faults_end = now

    def capture(self, capture: Capture) -> None:
        """A payment has succeeded at Stripe."""
        self.captures[capture.payment_intent_id] = capture
        self._by_event[capture.event_id] = capture
        self._paid[capture.order_id].captures[capture.payment_intent_id] = capture

    def follow_debt(self, order_id: str, sort: str, failures: int) -> None:
        """The debt of an order's item has failed so often in a row."""
        self._paid[order_id].failures[sort] = failures

    def follow_unhandled(self, event_id: str, failures: int) -> None:
        """An event of Stripe could not be handled, and is tried again."""
        self._unhandled[event_id] = failures

    def stated_by(self, event_id: str) -> str | None:
        """The payment whose success an event states."""
        capture = self._by_event.get(event_id)
        return capture.payment_intent_id if capture else None

    def of_success(self, payment: Payment, now: datetime, *, by_event: bool) -> Iterator[str]:
        """What is wrong with the times of a payment whose success is recorded.

        `by_event`: by the event that states it. Otherwise Stripe states the time of cards only.
        """
        capture = self.captures.get(payment.payment_intent_id)
        if capture is None or payment.paid_at is None or payment.promised_at is None:
            yield "a payment succeeded without a time, or not at Stripe"
            return
        is_late = capture.at <= payment.paid_at <= now + SKEW
        if payment.paid_at != capture.at and (capture.by_card or by_event or not is_late):
            yield f"was paid at {capture.at}, but {payment.paid_at} is recorded"
        if payment.promised_at - payment.paid_at not in self._guarantees():
            yield f"was paid at {payment.paid_at}, and is promised for {payment.promised_at}"

    def check(
        self,
        order: Order,
        payments: Mapping[str, Payment],
        refunds: Mapping[str, Refund],
        now: datetime,
    ) -> Iterator[str]:
        """What was fulfilled too late by the present write."""
        paid = self._paid[order.id]
        for intent, payment_of_intent in payments.items():
            if payment_of_intent.dispute is DisputeStatus.OPEN:
                paid.disputed_at[intent] = now
        for capture in list(paid.captures.values()):
            intent = capture.payment_intent_id
            refund, payment = refunds.get(intent), payments.get(intent)
            if not _is_fulfilled(order, payment, refund, intent):
                continue
            del paid.captures[intent]
            deadline = payment.promised_at if payment else None
            deadline = deadline or capture.at + max(self._guarantees())
            if late := self._late(now, deadline, paid, intent, capture.event_id):
                yield f"what was paid at {capture.at} is completed or refunded {late} too late"
        for refund in refunds.values():
            if refund.status is RefundStatus.OWED:
                paid.owed[refund.id] = refund
            elif owed := paid.owed.pop(refund.id, None):
                late = self._late(now, owed.since, paid, owed.payment_intent_id)
                if late:
                    yield f"the refund owed since {owed.since} is requested {late} too late"

    def _late(
        self, now: datetime, by: datetime, paid: Paid, intent: str, event_id: str = ""
    ) -> timedelta | None:
        """How much too late it is; None if it is in time, or while there are faults."""
        if self._faults_end is None:
            return None
        times = [by, self._faults_end]
        if intent in paid.disputed_at:
            times.append(paid.disputed_at[intent] + PROCESSING_CHECK)
        failed = max(paid.failures.get("", 0), paid.failures.get(keys.REFUNDS + intent, 0))
        allowed = SLACK
        if failed:
            # A claim that a crash ended counts no failure, so its key and Stripe's error to it are
            # used again when the claim is over.
            allowed += CLAIM + retry_after(DebtClass.MONEY, failed)
        if event_id in self._unhandled:
            failed = self._unhandled[event_id]
            allowed += BACK_OFF[0] + (retry_after(DebtClass.MONEY, failed) if failed else CLAIM)
        late = now - max(times) - allowed
        return late if late > timedelta() else None


def _is_fulfilled(
    order: Order, payment: Payment | None, refund: Refund | None, intent: str
) -> bool:
    """Whether a payment has completed its order, was returned, or its refund is requested."""
    is_current = order.payment is not None and order.payment.payment_intent_id == intent
    if is_current and order.status is OrderStatus.COMPLETED:
        return True
    if payment is None:
        return False
    return payment.is_returned or (refund is not None and refund.status is not RefundStatus.OWED)
