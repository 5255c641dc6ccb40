"""Refunds and disputes of an order's payments: each state that Stripe states, written once."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from docket.domain.event import AuditContext, Event
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.payment import DisputeStatus, Intent, Payment, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import (
    Refund,
    RefundReason,
    StripeRefund,
    StripeReversal,
)
from docket.domain.payments.reversal import (
    RefundChange,
    explain,
    reversal_event,
    status_of_refunds,
)
from docket.domain.reason import is_of_refund
from docket.domain.transition import TransitionRefused
from docket.table import client
from docket.table.client import Write
from docket.table.orders import completion, orders, payment_items
from docket.table.payments import payments, refunds, stripe_events
from docket.table.payments.payments import State


def record_request(refund: Refund, stripe_id: str, audit: AuditContext) -> bool:
    """Record that Stripe has accepted an owed refund. Returns whether that is new.

    Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        stored = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        if stored.refund is None:
            return False
        try:
            requested = stored.refund.requested(stripe_id, at=audit.at)
        except TransitionRefused:
            return False
        event = audit.event("refund_requested", requested.facts)
        write = refunds.update_write(stored.refund, requested, at=audit.at)
        order = stored.order.shown_differently(audit.at).with_refund(requested)
        orders.commit(stored.order, order, event, also=[write])
        return True

    return client.decide(attempt)


def retry(refund: Refund, audit: AuditContext) -> Refund | None:
    """Have a failed refund tried again. Returns it as owed, or None if it is not to be retried.

    Only refunds that the service decided on are: they have the id of their payment. Raises
    `OrderNotFound`.
    """

    def attempt() -> Refund | None:
        stored = payments.state(refund.user_id, refund.order_id, refund.id)
        failed = stored.refund
        if failed is None or failed.attempts != refund.attempts:
            return None
        if failed.status is RefundStatus.OWED:
            return failed  # by this call, or by another worker
        try:
            owed = failed.retried(at=audit.at)
        except TransitionRefused:
            return None
        order = stored.order.shown_differently(audit.at).with_refund(owed)
        write = refunds.update_write(failed, owed, at=audit.at)
        event = audit.event("refund_retried", owed.facts)
        orders.commit(stored.order, order, event, also=[write])
        return owed

    return client.decide(attempt)


def close(refund: Refund, audit: AuditContext) -> bool:
    """Close a refund by hand that failed, after the last alert. Returns whether that is so now.

    Not if the payment has not completed its order: then its amount is owed, until it is returned.
    Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        stored = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        failed = refunds.get(refund.order_id, refund.id)
        if failed is None or stored.payment is None:
            return False
        if not stored.order.is_paid_for_by(refund.payment_intent_id):
            return False
        if failed.closed_at:
            return True
        try:
            closed = failed.closed(at=audit.at)
        except TransitionRefused:
            return False
        event = audit.event("refund_closed", closed.facts)
        _commit_end(stored, stored.payment, failed, closed, event)
        return True

    return client.decide(attempt)


def acknowledge(refund: Refund, audit: AuditContext) -> bool:
    """Record that a person returned a failed refund outside of Stripe. Returns whether it is new.

    The payment's other refunds are of what is left. A payment that was returned in whole by it
    closes the order's content. Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        stored = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        failed = refunds.get(refund.order_id, refund.id)
        if failed is None or stored.payment is None:
            return False
        try:
            returned = failed.acknowledged(at=audit.at)
        except TransitionRefused:
            return False
        payment = stored.payment.acknowledged(returned.money.amount)
        event = audit.event("refunded", returned.facts)
        _commit_end(stored, payment, failed, returned, event)
        return True

    return client.decide(attempt)


def record_refusal(refund: Refund, audit: AuditContext) -> Refund | None:
    """Record that Stripe refuses an owed refund. Returns it as failed; None if it has changed.

    While the bank decides on a dispute the refund stays owed. Raises `OrderNotFound`.
    """

    def attempt() -> Refund | None:
        stored = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        owed, payment = stored.refund, stored.payment
        if owed != refund or payment is None or payment.dispute is DisputeStatus.OPEN:
            return None
        try:
            failed = refund.refused(at=audit.at)
        except TransitionRefused:
            return None
        event = audit.event("refund_failed", failed.facts)
        _commit_end(stored, payment, refund, failed, event)
        return failed

    return client.decide(attempt)


def _commit_end(
    stored: State,
    payment: Payment,
    before: Refund,
    ended: Refund,
    event: Event,
) -> None:
    """Write the end of an attempt of a refund, and what it means for the others and the order."""
    recorded = refunds.of_payment(ended.order_id, ended.payment_intent_id)
    others = [refund for refund in recorded if refund.id != ended.id]
    changes = _of_what_is_left([], others, payment.refundable, event.at)
    changes.append((before, ended))
    latest = {refund.id: refund for refund in others} | {new.id: new for _, new in changes}
    payment = replace(payment, refund=status_of_refunds(payment.refund, latest.values()))
    order = _order(stored, payment, latest.values(), event.at)
    for _, new in changes:
        order = order.with_refund(new)
    also = [*_writes(changes, event.at), *_beside(stored, payment, order, event.at)]
    orders.commit(stored.order, order, event, also=also)


def record(
    intent: Intent,
    ask: Callable[[], StripeReversal],
    audit: AuditContext,
    *,
    dispute_closes: bool,
    stripe_event: str | None = None,
) -> list[Refund]:
    """Record all refunds and the dispute of a payment, as Stripe states them at present.

    Stripe is asked (`ask`) after the table was read, and again if another answer was recorded
    since, even one that states nothing new: so an earlier answer never replaces a later one.
    Returns the refunds that changed, with those that were made by hand. A refund that was decided
    on is of what is left of the payment, and what is left of a payment for nothing is refunded. A
    payment that was returned in whole closes the order's content. Raises `OrderNotFound`,
    `ReversalMissing` if the answer lacks what an earlier one stated, and what `ask` raises.
    """

    def attempt() -> list[Refund]:
        stored = payments.state_of(intent)
        payment = stored.payment
        if payment is None:
            return []
        recorded = {
            refund.stripe_id or refund.id: refund
            for refund in refunds.of_payment(payment.order_id, payment.payment_intent_id)
        }
        reversal = ask()
        reversal.require_known(payment, recorded.values())
        reversed_payment = _reversed(payment, reversal, dispute_closes=dispute_closes)
        changes = list(_changes(payment, recorded, reversal.refunds, audit))
        left = reversed_payment.refundable
        changes = _of_what_is_left(changes, recorded.values(), left, audit.at)
        changes = _counted(changes, recorded.values(), reversal.refunds)
        if owed := _refund_of_a_payment_for_nothing(stored, reversed_payment, audit):
            changes.append((None, owed))
        latest = {refund.id: refund for refund in recorded.values()}
        latest |= {new.id: new for _, new in changes}
        status = status_of_refunds(reversal.status, latest.values())
        reversed_payment = replace(reversed_payment, refund=status)
        if not changes and reversed_payment.has_state_of(payment):
            if reversal != StripeReversal():  # an answer without any reversal can replace no other
                writes = _of_answer(stored, payment, reversed_payment, audit)
                stripe_events.write_once(writes, stripe_event, at=audit.at)
            return []
        order = _order(stored, reversed_payment, latest.values(), audit.at)
        for _, new in changes:
            order = order.with_refund(new)
        also = [*_writes(changes, audit.at), *_beside(stored, reversed_payment, order, audit.at)]
        named = reversal_event(payment, reversed_payment, changes)
        audit_events = [audit.event(*named)] if named else []
        writes = orders.parts(stored.order, order, *audit_events, also=also, at=audit.at)
        written = stripe_events.write_once(writes, stripe_event, at=audit.at)
        return [new for _, new in changes] if written else []

    return client.decide(attempt)


def _refund_of_a_payment_for_nothing(
    stored: State, payment: Payment, audit: AuditContext
) -> Refund | None:
    """The first refund of a payment that paid for nothing, if something of it is left.

    A person had refunded it and theirs failed, or it was lost in a dispute that was won after all.
    """
    is_for_nothing = not stored.order.is_paid_for_by(payment.payment_intent_id)
    if stored.refund or not is_for_nothing or not payment.is_refundable:
        return None
    effect = stored.order.effect_of(payment, payment.money)
    reason = effect if isinstance(effect, RefundReason) else RefundReason.QUOTE_CHANGED
    return Refund.owed(payment, reason, at=audit.at)


def _changes(
    payment: Payment,
    recorded: dict[str, Refund],
    stripe_refunds: Sequence[StripeRefund],
    audit: AuditContext,
) -> Iterable[RefundChange]:
    """The refunds that differ from what Stripe states, before and after.

    An attempt of an owed refund that is not known took effect, but its reply was lost or is slower
    than the webhook. Attempts before the latest known one are over. All others were made by hand.
    `stripe_refunds` has the newest first.
    """
    owed = {r.id: r for r in recorded.values() if r.status is RefundStatus.OWED}
    for stripe_refund in stripe_refunds:
        if refund := recorded.get(stripe_refund.id):
            owed.pop(refund.id, None)  # what follows in the list is older
            try:
                yield refund, refund.with_stripe_status(stripe_refund.status, at=audit.at)
            except TransitionRefused:
                continue
        elif stripe_refund.refund_id is None:
            yield None, Refund.by_hand(payment, stripe_refund, at=audit.at)
        elif requested := owed.pop(stripe_refund.refund_id, None):
            yield requested, _requested(requested, stripe_refund, audit)


def _of_what_is_left(
    changes: Sequence[RefundChange], recorded: Iterable[Refund], left: Money, at: datetime
) -> list[RefundChange]:
    """The changes, and the refunds that owe more or less than what is left.

    A refund by hand or a lost dispute has returned the rest: it is not refunded a second time,
    unless it fails or the dispute is won. A new refund by hand replaces those by hand that were
    known to have failed, the oldest first.
    """
    after = {new.id: (old, new) for old, new in changes}
    returned = sum(
        new.money.amount
        for old, new in changes
        if old is None and new.status is not RefundStatus.FAILED
    )
    new_refunds = [new for old, new in changes if old is None]
    for refund in sorted([*recorded, *new_refunds], key=lambda refund: refund.since):
        old, new = after.get(refund.id, (refund, refund))
        if old and left.amount and refund.needs_person and returned:
            with suppress(TransitionRefused):
                after[refund.id] = old, new.replaced_by(returned, at=at)
                returned = max(0, returned - new.money.amount)
                old, new = after[refund.id]
        with suppress(TransitionRefused):
            after[refund.id] = old, new.of_what_is_left(left, at=at)
    return list(after.values())


def _writes(changes: Sequence[RefundChange], at: datetime) -> Iterable[Write]:
    for old, new in changes:
        yield refunds.update_write(old, new, at=at) if old else refunds.put(new, at=at)


def _counted(
    changes: Sequence[RefundChange],
    recorded: Iterable[Refund],
    stripe_refunds: Sequence[StripeRefund],
) -> list[RefundChange]:
    """The changes, and the refunds whose attempts have returned more or less than was known."""
    after: dict[str, RefundChange] = {refund.id: (refund, refund) for refund in recorded}
    after |= {new.id: (old, new) for old, new in changes}
    counted = [(old, new.counted(stripe_refunds)) for old, new in after.values()]
    return [(old, new) for old, new in counted if old != new]


def _of_answer(
    stored: State, payment: Payment, reversed_payment: Payment, audit: AuditContext
) -> list[Write]:
    """The writes of an answer of Stripe that states nothing new."""
    if not stored.is_current:
        return [payment_items.update_write(payment, reversed_payment, at=audit.at)]
    order = replace(stored.order, payment=reversed_payment)
    return orders.parts(stored.order, order, at=audit.at)


def _requested(owed: Refund, stripe_refund: StripeRefund, audit: AuditContext) -> Refund:
    requested = owed.requested(stripe_refund.id, at=audit.at)
    if stripe_refund.status is RefundStatus.PENDING:
        return requested
    return requested.with_stripe_status(stripe_refund.status, at=audit.at)


def _reversed(payment: Payment, reversal: StripeReversal, *, dispute_closes: bool) -> Payment:
    return payment.reversed(
        amount_refunded=reversal.amount_refunded,
        refund=reversal.status,
        dispute=reversal.dispute,
        amount_lost=reversal.amount_lost,
        dispute_closes=dispute_closes,
    )


def _order(stored: State, payment: Payment, latest: Iterable[Refund], at: datetime) -> Order:
    """The order with the payment. One that is not current explains only what nothing else does."""
    order = stored.order
    is_explained = order.status_reason is not None and not is_of_refund(order.status_reason)
    if not stored.is_current and (order.status is not OrderStatus.PENDING or is_explained):
        return order.shown_differently(at)
    order = order.with_reason(explain(payment, latest), at=at)
    return order.with_payment(payment, at=at) if stored.is_current else order


def _beside(stored: State, payment: Payment, order: Order, at: datetime) -> list[Write]:
    """The payment's own item if it is not the current one, and the task for the order's content."""
    writes: list[Write] = []
    if not stored.is_current and stored.payment:
        # Also without a change: the condition is that nobody else has changed it meanwhile.
        writes.append(payment_items.update_write(stored.payment, payment, at=at))
    if order.is_paid is not stored.order.is_paid:
        writes += completion.content_writes(order, at=at)
    return writes
