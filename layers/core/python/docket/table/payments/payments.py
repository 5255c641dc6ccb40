"""Payments of an order: each state that Stripe reports, written once.

The browser's confirmation, the webhook and the worker of debts use the same functions. Each reads
the order, the payment and its refund in one call, lets the domain decide, and writes one
transaction. What is owed is written before Stripe is called, never after.

The id of the Stripe event that causes a write is put with it. A write also recognises its effect by
the state, so an event that arrives twice, or by two ways, has one effect.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain.errors import ConcurrentChange, OrderNotFound
from docket.domain.event import AuditContext, Event, EventName
from docket.domain.orders.order import PAYABLE, Order, OrderStatus
from docket.domain.payments.payment import Effect, Intent, Payment, PaymentStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.reason import Reason
from docket.domain.transition import TransitionRefused
from docket.table import client, keys
from docket.table.client import Write
from docket.table.orders import completion, order_items, orders, payment_items
from docket.table.payments import refunds, stripe_events

type Ask = Callable[[], Intent | None]
"""Asks Stripe for the present state of the intent."""


class Overtaken(Exception):
    """Stripe's answer is older than what is recorded. `intent` is the current one."""

    def __init__(self, intent: Intent) -> None:
        super().__init__(intent.id)
        self.intent = intent


@dataclass(frozen=True, kw_only=True)
class State:
    """An order with one of its payments and that payment's refund."""

    order: Order
    payment: Payment | None
    refund: Refund | None

    @property
    def is_current(self) -> bool:
        """Whether the payment is the order's current one, which no later one has replaced."""
        current = self.order.payment
        return (
            current is not None
            and self.payment is not None
            and current.payment_intent_id == self.payment.payment_intent_id
        )

    def may_be_repeated(self, payment: Payment) -> bool:
        """Whether this payment, after an attempt that failed, is still for the order's quote."""
        return self.may_complete(payment) and self.order.paid_pages is None

    def may_complete(self, payment: Payment) -> bool:
        """Whether this payment, if it succeeds, completes the order as it is."""
        is_payable = self.order.status in PAYABLE and payment.revision == self.order.revision
        return self.is_current and is_payable


def state(user_id: str, order_id: str, payment_intent_id: str, *, recorded: bool = False) -> State:
    """The current state, in one call. Raises `OrderNotFound`.

    With `recorded`, of a payment that is recorded for another customer it is that customer's.
    """
    order, payment, refund = client.batch_get(
        [
            keys.order(user_id, order_id),
            keys.payment(order_id, payment_intent_id),
            keys.refund(order_id, payment_intent_id),
        ]
    )
    if order is None and recorded and payment and payment["user_id"] != user_id:
        return state(payment["user_id"], order_id, payment_intent_id)
    if order is None:
        raise OrderNotFound
    return State(
        order=order_items.from_item(order),
        payment=payment_items.from_item(payment) if payment else None,
        refund=refunds.from_item(refund) if refund else None,
    )


def state_of(intent: Intent) -> State:
    """The state of the order and the payment that an intent belongs to. Raises `OrderNotFound`."""
    if intent.order_id is None or intent.user_id is None:
        raise OrderNotFound
    return state(intent.user_id, intent.order_id, intent.id, recorded=True)


def start_payment(payment: Payment, event: Event, *, known_order: Order | None = None) -> Order:
    """Make `payment` the current one of its order. Returns the order.

    An earlier payment that is open is to be cancelled. The first decision rests on `known_order`,
    the order as it was read before. Raises `OrderNotFound`, the errors of `Order.require_payable`,
    or `ConcurrentChange` if the quote has changed since.
    """
    read = [known_order] if known_order else []

    def attempt() -> Order:
        order = read.pop() if read else orders.get(payment.user_id, payment.order_id)
        current = order.payment
        if current and current.payment_intent_id == payment.payment_intent_id:
            return order
        order.require_payable()
        if order.revision != payment.revision:
            raise ConcurrentChange
        started = order.with_payment(payment, at=event.at)
        orders.commit(order, started, event, guard=("revision",))
        return started

    return client.decide(attempt)


def record_processing(
    intent: Intent, audit: AuditContext, *, ask: Ask | None = None, stripe_event: str | None = None
) -> bool:
    """Record that the bank is confirming a payment. Returns whether that is new.

    The order waits for it, unless the payment can no longer complete it. Raises `OrderNotFound`.
    """

    def decide(stored: State, updated: Payment) -> Order:
        if stored.order.status is OrderStatus.PENDING and stored.may_complete(updated):
            return stored.order.processing(updated, at=audit.at)
        return _with(stored, updated, audit.at)

    def transition(_: State, payment: Payment) -> Payment:
        return payment.confirming()

    name: EventName = "payment_processing"
    return _record(intent, audit, name, transition, decide, ask=ask, stripe_event=stripe_event)


def record_declined(
    intent: Intent,
    audit: AuditContext,
    *,
    reason: Reason,
    ask: Ask | None = None,
    stripe_event: str | None = None,
) -> bool:
    """Record that an attempt to pay failed. Returns whether that is new.

    The payment stays open, unless it can no longer complete the order: then it is to be cancelled.
    An open intent that states no error has failed only if the bank was confirming it. Raises
    `OrderNotFound`.
    """

    def transition(stored: State, payment: Payment) -> Payment:
        if not intent.failed and payment.status is not PaymentStatus.PROCESSING:
            raise TransitionRefused
        return payment.declined(reason, may_be_repeated=stored.may_be_repeated(payment))

    def decide(stored: State, updated: Payment) -> Order:
        return _payable_again(stored, updated, reason, audit.at)

    return _record(
        intent, audit, "payment_failed", transition, decide, ask=ask, stripe_event=stripe_event
    )


def record_action_required(
    intent: Intent, audit: AuditContext, *, ask: Ask | None = None, stripe_event: str | None = None
) -> bool:
    """Record that the customer has to confirm a payment. Returns whether that is new.

    The payment stays open, as after a failed attempt. Raises `OrderNotFound`.
    """

    def transition(stored: State, payment: Payment) -> Payment:
        return payment.awaiting_action(may_be_repeated=stored.may_be_repeated(payment))

    def decide(stored: State, updated: Payment) -> Order:
        return _payable_again(stored, updated, updated.failure, audit.at)

    name: EventName = "payment_action_required"
    return _record(intent, audit, name, transition, decide, ask=ask, stripe_event=stripe_event)


def record_canceled(
    intent: Intent, audit: AuditContext, *, reason: Reason, stripe_event: str | None = None
) -> bool:
    """Record that Stripe has cancelled a payment. Returns whether that is new.

    `reason` is the order's, if the payment was still payable and no attempt to pay it failed: the
    failure says more to the customer than the cancellation that followed. Raises `OrderNotFound`.
    """

    def decide(stored: State, updated: Payment) -> Order:
        was_payable = stored.payment is not None and stored.payment.is_payable
        if was_payable or stored.order.status is OrderStatus.PROCESSING:
            return _payable_again(stored, updated, updated.failure or reason, audit.at)
        return _with(stored, updated, audit.at)

    def transition(_: State, payment: Payment) -> Payment:
        return payment.canceled()

    name: EventName = "payment_withdrawn"
    return _record(intent, audit, name, transition, decide, stripe_event=stripe_event)


def _payable_again(stored: State, payment: Payment, reason: Reason | None, at: datetime) -> Order:
    """The order, which can be paid (again) if this is its current payment and it is not closed."""
    if stored.is_current and stored.order.status in PAYABLE:
        return stored.order.payable_again(payment, reason=reason, at=at)
    return _with(stored, payment, at)


def record_success(
    intent: Intent,
    audit: AuditContext,
    *,
    guarantee: timedelta,
    stripe_event: str | None = None,
) -> Effect | RefundReason | None:
    """Record that a payment succeeded: it completes the order, waits, or its refund is owed.

    Returns what it did, or None if that was recorded before. An intent that the table does not know
    pays for nothing, so its refund is owed. Raises `OrderNotFound`.
    """

    def attempt() -> Effect | RefundReason | None:
        stored = state_of(intent)
        payment = stored.payment or _unknown(intent, stored.order, at=audit.at)
        paid_at = intent.paid_at or audit.at
        try:
            paid = payment.succeeded(intent.money, paid_at=paid_at, guarantee=guarantee)
        except TransitionRefused:
            return None
        effect = stored.order.effect_of(payment, intent.money)
        if intent.user_id != payment.user_id and isinstance(effect, Effect):
            effect = RefundReason.PAYMENT_MISMATCH
        order, name, also = _succeeded(stored, paid, effect, audit)
        event = audit.event(name, paid.facts, to_status=order.status)
        if not stored.is_current:
            also = [*also, _payment_write(stored.payment, paid, at=audit.at)]
        guard = ("revision", "paid_pages", "in_progress", "charged_pages")
        written = _commit(stored.order, order, event, also, guard=guard, stripe_event=stripe_event)
        return effect if written else None

    return client.decide(attempt)


def _succeeded(
    stored: State, paid: Payment, effect: Effect | RefundReason, audit: AuditContext
) -> tuple[Order, EventName, list[Write]]:
    """The order after the success, the name of the event, and what is written beside."""
    match effect:
        case Effect.COMPLETES:
            order = stored.order.completed(paid, at=audit.at)
            return order, "paid", [*completion.content_writes(order, at=audit.at)]
        case Effect.WAITS:
            return stored.order.processing(paid, at=audit.at), "payment_received", []
        case RefundReason():
            refund = Refund.owed(paid, effect, at=audit.at)
            order = _payable_again(stored, paid, None, audit.at)
            if stored.refund:
                return order, "refund_owed", []
            if not paid.is_refundable:  # by hand, before the success was known
                return order, "payment_received", []
            return order.with_refund(refund), "refund_owed", [refunds.put(refund, at=audit.at)]


def _unknown(intent: Intent, order: Order, *, at: datetime) -> Payment:
    """A payment whose opening was not recorded. Its revision is none that an order has."""
    return Payment(
        payment_intent_id=intent.id,
        order_id=order.id,
        user_id=order.user_id,
        money=intent.money,
        revision=-1,
        opened_at=at,
    )


def give_up(user_id: str, order_id: str, audit: AuditContext) -> bool:
    """Cancel an order that is paid and not complete at the promised time; its refund is owed.

    Returns whether it did: not if the last document was read meanwhile. A refund that is owed
    already, because the operator decided on it, stays as it is. Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        order = orders.get(user_id, order_id)
        payment = order.waiting_payment
        if payment is None or order.promised_at is None or audit.at < order.promised_at:
            return False
        reason = RefundReason.NOT_COMPLETED_IN_TIME
        cancelled = order.cancelled(reason=Reason(reason), at=audit.at)
        event = audit.event("not_completed_in_time", payment.facts, to_status=cancelled.status)
        owed = Refund.owed(payment, reason, at=audit.at)
        also = orders.files_writes(order, audit.at)
        is_owed = refunds.get(order_id, payment.payment_intent_id) is not None
        if payment.is_refundable and not is_owed:
            cancelled = cancelled.with_refund(owed)
            also.append(refunds.put(owed, at=audit.at))
        orders.commit(order, cancelled, event, also=also, guard=("charged_pages",))
        return True

    return client.decide(attempt)


def owe_refund(
    user_id: str,
    order_id: str,
    payment_intent_id: str,
    audit: AuditContext,
    *,
    reason: RefundReason,
) -> bool:
    """Decide that what is left of a payment is refunded. Returns whether that is new.

    Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        stored = state(user_id, order_id, payment_intent_id)
        payment = stored.payment
        if payment is None or stored.refund or not payment.is_refundable:
            return False
        event = audit.event("refund_owed", payment.facts)
        owed = Refund.owed(payment, reason, at=audit.at)
        order = stored.order.shown_differently(audit.at).with_refund(owed)
        orders.commit(stored.order, order, event, also=[refunds.put(owed, at=audit.at)])
        return True

    return client.decide(attempt)


def _record(
    intent: Intent,
    audit: AuditContext,
    name: EventName,
    transition: Callable[[State, Payment], Payment],
    decide: Callable[[State, Payment], Order],
    *,
    ask: Ask | None = None,
    stripe_event: str | None,
) -> bool:
    """Write a transition of a payment with its order. False if the state does not allow it.

    `decide` is the order with the changed payment. If an attempt to pay is known, Stripe is asked
    (`ask`) after the table was read, so that an older answer does not replace it. Raises
    `Overtaken`.
    """

    def attempt() -> bool:
        stored = state_of(intent)
        payment = stored.payment
        if payment is None:
            return False
        try:
            updated = transition(stored, payment)
            order = decide(stored, updated)
        except TransitionRefused:
            return False
        newest = ask() if ask and payment.was_tried else None
        if newest and not newest.has_state_of(intent):
            raise Overtaken(newest)
        event = audit.event(name, payment.facts, to_status=order.status)
        also = [] if stored.is_current else [_payment_write(payment, updated, at=audit.at)]
        guard = ("revision", "paid_pages")
        return _commit(stored.order, order, event, also, guard=guard, stripe_event=stripe_event)

    return client.decide(attempt)


def _commit(
    old: Order,
    new: Order,
    event: Event,
    also: Collection[Write],
    *,
    guard: Collection[str],
    stripe_event: str | None,
) -> bool:
    """Write a change with the Stripe event that caused it. False if that had its effect before."""
    also = [*also, *completion.requote_writes(old, new, at=event.at)]
    writes = orders.parts(old, new, event, also=also, guard=guard)
    return stripe_events.write_once(writes, stripe_event, at=event.at)


def _with(stored: State, payment: Payment, at: datetime) -> Order:
    """The order after a change of a payment that does not change its status."""
    if stored.is_current:
        return stored.order.with_payment(payment, at=at)
    return stored.order.shown_differently(at)


def _payment_write(old: Payment | None, new: Payment, *, at: datetime) -> Write:
    if old is None:
        return payment_items.put(new, at=at)
    return payment_items.update_write(old, new, at=at)
