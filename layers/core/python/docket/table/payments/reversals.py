"""Refunds and disputes of an order's payments: each state that Stripe states, written once."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from docket.domain.event import AuditContext, Event, EventName
from docket.domain.orders.order import Order
from docket.domain.payments.payment import DisputeStatus, Intent, Payment, RefundStatus
from docket.domain.payments.pricing import Money
from docket.domain.payments.refund import (
    Refund,
    RefundReason,
    StripeRefund,
    StripeReversal,
    explain,
    status_of_refunds,
)
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
        present = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        if present.refund is None:
            return False
        try:
            requested = present.refund.requested(stripe_id, at=audit.at)
        except TransitionRefused:
            return False
        event = audit.event("refund_requested", requested.facts)
        write = refunds.update_write(present.refund, requested, at=audit.at)
        order = present.order.shown_differently(audit.at).with_refund(requested)
        orders.commit(present.order, order, event, also=[write])
        return True

    return client.decide(attempt)


def retry(refund: Refund, audit: AuditContext) -> Refund | None:
    """Have a failed refund tried again. Returns it as owed, or None if it is not to be retried.

    Only refunds that the service decided on are: they have the id of their payment. Raises
    `OrderNotFound`.
    """

    def attempt() -> Refund | None:
        present = payments.state(refund.user_id, refund.order_id, refund.id)
        failed = present.refund
        if failed is None or failed.attempts != refund.attempts:
            return None
        if failed.status is RefundStatus.OWED:
            return failed  # by this call, or by another worker
        try:
            owed = failed.retried(at=audit.at)
        except TransitionRefused:
            return None
        order = present.order.shown_differently(audit.at).with_refund(owed)
        write = refunds.update_write(failed, owed, at=audit.at)
        event = audit.event("refund_retried", owed.facts)
        orders.commit(present.order, order, event, also=[write])
        return owed

    return client.decide(attempt)


def close(refund: Refund, audit: AuditContext) -> bool:
    """Close a refund by hand that failed, after the last alert. Returns whether that is so now.

    Not if the payment has not completed its order: then its amount is owed, until it is returned.
    Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        present = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        failed = refunds.get(refund.order_id, refund.id)
        if failed is None or present.payment is None:
            return False
        if not present.order.is_paid_for_by(refund.payment_intent_id):
            return False
        if failed.closed_at:
            return True
        try:
            closed = failed.closed(at=audit.at)
        except TransitionRefused:
            return False
        event = audit.event("refund_closed", closed.facts)
        _commit_end(present, present.payment, failed, closed, event)
        return True

    return client.decide(attempt)


def acknowledge(refund: Refund, audit: AuditContext) -> bool:
    """Record that a person returned a failed refund outside of Stripe. Returns whether it is new.

    The payment's other refunds are of what is left. A payment that was returned in whole by it
    closes the order's content. Raises `OrderNotFound`.
    """

    def attempt() -> bool:
        present = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        failed = refunds.get(refund.order_id, refund.id)
        if failed is None or present.payment is None:
            return False
        try:
            returned = failed.acknowledged(at=audit.at)
        except TransitionRefused:
            return False
        payment = present.payment.acknowledged(returned.money.amount)
        event = audit.event("refunded", returned.facts)
        _commit_end(present, payment, failed, returned, event)
        return True

    return client.decide(attempt)


def record_refusal(refund: Refund, audit: AuditContext) -> Refund | None:
    """Record that Stripe refuses an owed refund. Returns it as failed; None if it has changed.

    While the bank decides on a dispute the refund stays owed. Raises `OrderNotFound`.
    """

    def attempt() -> Refund | None:
        present = payments.state(refund.user_id, refund.order_id, refund.payment_intent_id)
        owed, payment = present.refund, present.payment
        if owed != refund or payment is None or payment.dispute is DisputeStatus.OPEN:
            return None
        try:
            failed = refund.refused(at=audit.at)
        except TransitionRefused:
            return None
        event = audit.event("refund_failed", failed.facts)
        _commit_end(present, payment, refund, failed, event)
        return failed

    return client.decide(attempt)


def _commit_end(
    present: State,
    payment: Payment,
    before: Refund,
    ended: Refund,
    event: Event,
) -> None:
    """Write the end of an attempt of a refund, and what it means for the others and the order."""
    known = refunds.of_payment(ended.order_id, ended.payment_intent_id)
    others = [refund for refund in known if refund.id != ended.id]
    changed = _of_what_is_left([], others, payment.refundable, event.at)
    changed.append((before, ended))
    latest = {refund.id: refund for refund in others} | {new.id: new for _, new in changed}
    payment = replace(payment, refund=status_of_refunds(payment.refund, latest.values()))
    order = _order(present, payment, latest.values(), event.at)
    for _, new in changed:
        order = order.with_refund(new)
    also = [*_writes(changed, event.at), *_beside(present, payment, order, event.at)]
    orders.commit(present.order, order, event, also=also)


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
        present = payments.state_of(intent)
        payment = present.payment
        if payment is None:
            return []
        known = {
            refund.stripe_id or refund.id: refund
            for refund in refunds.of_payment(payment.order_id, payment.payment_intent_id)
        }
        stated = ask()
        stated.require_known(payment, known.values())
        reversed_payment = _reversed(payment, stated, dispute_closes=dispute_closes)
        changed = list(_changed(payment, known, stated.refunds, audit))
        left = reversed_payment.refundable
        changed = _of_what_is_left(changed, known.values(), left, audit.at)
        changed = _counted(changed, known.values(), stated.refunds)
        if owed := _refund_of_a_payment_for_nothing(present, reversed_payment, audit):
            changed.append((None, owed))
        latest = {refund.id: refund for refund in known.values()}
        latest |= {new.id: new for _, new in changed}
        status = status_of_refunds(stated.status, latest.values())
        reversed_payment = replace(reversed_payment, refund=status)
        if not changed and reversed_payment.has_state_of(payment):
            if stated != StripeReversal():  # an answer without any reversal can replace no other
                writes = _of_answer(present, payment, reversed_payment, audit)
                stripe_events.write_once(writes, stripe_event, at=audit.at)
            return []
        order = _order(present, reversed_payment, latest.values(), audit.at)
        for _, new in changed:
            order = order.with_refund(new)
        also = [*_writes(changed, audit.at), *_beside(present, reversed_payment, order, audit.at)]
        facts = {**payment.facts, "amount": reversed_payment.amount_refunded}
        event = audit.event(_event_name(payment, reversed_payment, changed), facts)
        writes = orders.parts(present.order, order, event, also=also)
        written = stripe_events.write_once(writes, stripe_event, at=audit.at)
        return [new for _, new in changed] if written else []

    return client.decide(attempt)


def _refund_of_a_payment_for_nothing(
    present: State, payment: Payment, audit: AuditContext
) -> Refund | None:
    """The first refund of a payment that paid for nothing, if something of it is left.

    A person had refunded it and theirs failed, or it was lost in a dispute that was won after all.
    """
    is_for_nothing = not present.order.is_paid_for_by(payment.payment_intent_id)
    if present.refund or not is_for_nothing or not payment.is_refundable:
        return None
    effect = present.order.effect_of(payment, payment.money)
    reason = effect if isinstance(effect, RefundReason) else RefundReason.QUOTE_CHANGED
    return Refund.owed(payment, reason, at=audit.at)


type _Changed = tuple[Refund | None, Refund]


def _changed(
    payment: Payment,
    known: dict[str, Refund],
    stated: Sequence[StripeRefund],
    audit: AuditContext,
) -> Iterable[_Changed]:
    """The refunds that differ from what Stripe states, before and after.

    An attempt of an owed refund that is not known took effect, but its reply was lost or is slower
    than the webhook. Attempts before the latest known one are over. All others were made by hand.
    `stated` has the newest first.
    """
    owed = {r.id: r for r in known.values() if r.status is RefundStatus.OWED}
    for stripe_refund in stated:
        if refund := known.get(stripe_refund.id):
            owed.pop(refund.id, None)  # what follows in the list is older
            try:
                yield refund, refund.stated(stripe_refund.status, at=audit.at)
            except TransitionRefused:
                continue
        elif stripe_refund.refund_id is None:
            yield None, Refund.by_hand(payment, stripe_refund, at=audit.at)
        elif requested := owed.pop(stripe_refund.refund_id, None):
            yield requested, _requested(requested, stripe_refund, audit)


def _of_what_is_left(
    changed: Sequence[_Changed], known: Iterable[Refund], left: Money, at: datetime
) -> list[_Changed]:
    """The changes, and the refunds that owe more or less than what is left.

    A refund by hand or a lost dispute has returned the rest: it is not refunded a second time,
    unless it fails or the dispute is won. A new refund by hand replaces those by hand that were
    known to have failed, the oldest first.
    """
    after = {new.id: (old, new) for old, new in changed}
    returned = sum(
        new.money.amount
        for old, new in changed
        if old is None and new.status is not RefundStatus.FAILED
    )
    for refund in sorted(known, key=lambda refund: refund.since):
        old, new = after.get(refund.id, (refund, refund))
        if left.amount and refund.needs_person and returned:
            with suppress(TransitionRefused):
                after[refund.id] = old, new.replaced_by(returned, at=at)
                returned = max(0, returned - new.money.amount)
                old, new = after[refund.id]
        with suppress(TransitionRefused):
            after[refund.id] = old, new.of_what_is_left(left, at=at)
    return list(after.values())


def _writes(changed: Sequence[_Changed], at: datetime) -> Iterable[Write]:
    for old, new in changed:
        yield refunds.update_write(old, new, at=at) if old else refunds.put(new, at=at)


def _counted(
    changed: Sequence[_Changed], known: Iterable[Refund], stated: Sequence[StripeRefund]
) -> list[_Changed]:
    """The changes, and the refunds whose attempts have returned more or less than was known."""
    after: dict[str, _Changed] = {refund.id: (refund, refund) for refund in known}
    after |= {new.id: (old, new) for old, new in changed}
    counted = [(old, new.counted(stated)) for old, new in after.values()]
    return [(old, new) for old, new in counted if old != new]


def _of_answer(
    present: State, payment: Payment, reversed_payment: Payment, audit: AuditContext
) -> list[Write]:
    """The writes of an answer of Stripe that states nothing new."""
    if not present.is_current:
        return [payment_items.update_write(payment, reversed_payment, at=audit.at)]
    order = replace(present.order, payment=reversed_payment)
    return orders.parts(present.order, order, at=audit.at)


def _requested(owed: Refund, stated: StripeRefund, audit: AuditContext) -> Refund:
    requested = owed.requested(stated.id, at=audit.at)
    if stated.status is RefundStatus.PENDING:
        return requested
    return requested.stated(stated.status, at=audit.at)


def _reversed(payment: Payment, stated: StripeReversal, *, dispute_closes: bool) -> Payment:
    return payment.reversed(
        amount_refunded=stated.amount_refunded,
        refund=stated.status,
        dispute=stated.dispute,
        amount_lost=stated.amount_lost,
        dispute_closes=dispute_closes,
    )


def _order(present: State, payment: Payment, latest: Iterable[Refund], at: datetime) -> Order:
    order = present.order
    order_with_reason = order.with_reason(explain(payment, latest), at=at)
    if not present.is_current:
        return order.shown_differently(at) if order.is_paid else order_with_reason
    return order_with_reason.with_payment(payment, at=at)


def _beside(present: State, payment: Payment, order: Order, at: datetime) -> list[Write]:
    """The payment's own item if it is not the current one, and the task for the order's content."""
    writes: list[Write] = []
    if not present.is_current and present.payment:
        # Also without a change: the condition is that nobody else has changed it meanwhile.
        writes.append(payment_items.update_write(present.payment, payment, at=at))
    if order.is_paid is not present.order.is_paid:
        writes += completion.content_writes(order, at=at)
    return writes


def _event_name(before: Payment, after: Payment, changed: Sequence[_Changed]) -> EventName:
    if after.amount_lost > before.amount_lost:
        return "dispute_closed"
    if after.dispute is not before.dispute:
        is_disputed = after.dispute in (DisputeStatus.OPEN, DisputeStatus.INQUIRY)
        return "payment_disputed" if is_disputed else "dispute_closed"
    if any(new.status is RefundStatus.FAILED for _, new in changed):
        return "refund_failed"
    return "refunded"
