"""The payment within an order. Whoever brings the news, the same conditional write decides.

A Stripe event is kept in the transaction of its effect, so that one which comes twice has it once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from docket.domain.errors import ConcurrentChange, NotReadyToPay, OrderNotFound
from docket.domain.event import Event
from docket.domain.order import PAYMENT_CHECK, Order, OrderStatus
from docket.domain.payment import (
    Intent,
    Payment,
    PaymentStatus,
    RefundReason,
    Reversal,
)
from docket.domain.reason import Reason
from docket.table import client, codec, events, keys, orders
from docket.table.client import ConditionFailed, Put, Update
from docket.table.times import to_iso

EVENT_LIFETIME = timedelta(days=35)
"""Stripe sends an event again for three days, and shows it for thirty."""

_THIS_PAYMENT = "attribute_exists(PK) AND #payment.#payment_intent_id = :intent"
_STILL_COUNTS = f"{_THIS_PAYMENT} AND #payment.#revision = #revision"


_PAYS_IN_FULL = (
    f"{_STILL_COUNTS} AND #payment.#money = :money"
    " AND (#status = :pending OR #status = :processing)"
)


def attach(order: Order, payment: Payment, event: Event) -> None:
    """Make it the order's current payment, if the order has not changed since its intent was made.

    The intent of the previous payment is stored until `forget_replaced`. Nothing changes if it is
    the order's payment already. Raises `ConcurrentChange`, or the reason why the order cannot be
    paid.
    """
    before = order.payment.payment_intent_id if order.payment else None
    unchanged = (
        "#payment.#payment_intent_id = :before" if before else "attribute_not_exists(#payment)"
    )
    replaced: dict[tuple[str, ...], Any] = (
        {("replaced", before): to_iso(event.at)} if before else {}
    )
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(
            "attribute_exists(PK) AND #status = :pending AND #revision = :revision"
            f" AND {orders.NOTHING_IN_PROGRESS} AND {unchanged}"
        ),
        values={
            **orders.PENDING,
            **orders.NONE,
            "revision": payment.revision,
            **({"before": before} if before else {}),
        },
        set={
            ("payment",): codec.to_item(payment),
            ("updated_at",): to_iso(event.at),
            **replaced,
            **orders.set_money_due(order.user_id, order.id, event.at + PAYMENT_CHECK),
        },
    )

    def explain_conflict(found: Order) -> None:
        found.require_payable()
        if found.payment and found.payment.payment_intent_id == payment.payment_intent_id:
            raise _AlreadyAttached

    try:
        orders.write(change, order.id, event, explain_conflict=explain_conflict)
    except _AlreadyAttached:
        return


class _AlreadyAttached(Exception):
    """The same call, or another one at the same time, attached this intent before."""


def forget_replaced(order: Order, payment_intent_id: str) -> None:
    """An intent that was replaced is known to be cancelled, or its payment to be refunded."""
    client.update(
        Update(
            key=keys.order(order.user_id, order.id),
            condition="attribute_exists(PK)",
            remove=[("replaced", payment_intent_id)],
        )
    )


def complete(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Complete the order that the succeeded intent pays for. False: it was complete already.

    Raises `OrderNotFound`, `PaymentNotConfirmed`, `QuoteOutdated`, `NotReadyToPay` while a document
    is in progress, or `ConcurrentChange`.
    """
    user_id = intent.user_id or ""
    at = to_iso(event.at)
    change = Update(
        key=keys.order(user_id, order_id),
        condition=f"{_PAYS_IN_FULL} AND {orders.NOTHING_IN_PROGRESS}",
        values={**_values_of(intent), **orders.NONE},
        set={
            **orders.status_is(user_id, order_id, OrderStatus.COMPLETED),
            ("payment", "status"): PaymentStatus.SUCCEEDED,
            ("updated_at",): at,
        },
        set_if_absent={("analysed_at",): at, ("payment", "paid_at"): at},
        remove=orders.REASON,
    )

    def explain_conflict(order: Order) -> None:
        payment = order.require_paid_by(intent)
        if order.status is OrderStatus.COMPLETED:
            return
        if payment.revision != order.revision:
            raise ConcurrentChange
        if order.on_their_way:
            raise NotReadyToPay(document.filename for document in order.on_their_way)
        raise ConcurrentChange

    return _once(change, order_id, event, stripe_event, explain_conflict=explain_conflict)


def wait_for_documents(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Note that the intent has succeeded, and completes the order when no document is in progress.

    False: that was noted before, or no document is in progress any more. Raises `OrderNotFound`.
    """
    user_id = intent.user_id or ""
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            f"{_PAYS_IN_FULL} AND #payment.#status <> :succeeded AND size(#in_progress) > :none"
        ),
        values={**_values_of(intent), **orders.NONE, "succeeded": PaymentStatus.SUCCEEDED},
        set={
            **orders.status_is(user_id, order_id, OrderStatus.PROCESSING),
            ("payment", "status"): PaymentStatus.SUCCEEDED,
            ("payment", "paid_at"): to_iso(event.at),
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(user_id, order_id, event.at + PAYMENT_CHECK),
        },
        remove=orders.REASON,
    )
    return _once(change, order_id, event, stripe_event)


def complete_waiting(order: Order, event: Event) -> bool:
    """Complete an order whose payment waited for its documents. False: it is not to be completed.

    Stripe is not asked: that the payment was made is in the order's item.
    """
    payment = order.waiting_payment
    if payment is None or order.on_their_way:
        return False
    at = to_iso(event.at)
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(
            f"{_STILL_COUNTS} AND #payment.#status = :succeeded AND #status = :processing"
            f" AND {orders.NOTHING_IN_PROGRESS}"
        ),
        values={
            **orders.NONE,
            "succeeded": PaymentStatus.SUCCEEDED,
            "processing": OrderStatus.PROCESSING,
            "intent": payment.payment_intent_id,
        },
        set={
            **orders.status_is(order.user_id, order.id, OrderStatus.COMPLETED),
            ("updated_at",): at,
        },
        set_if_absent={("analysed_at",): at},
        remove=orders.REASON,
    )
    return _once(change, order.id, event, None)


def give_up(order: Order, payment: Payment, event: Event) -> bool:
    """Cancel an order whose documents are still in progress at the deadline of its payment.

    From then on the payment does not count, whatever is read: it is refunded next.
    False: the last document ended or the order was completed meanwhile, or it is cancelled already.
    """
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(
            f"{_THIS_PAYMENT} AND #payment.#status = :succeeded AND #status = :processing"
            " AND size(#in_progress) > :none"
        ),
        values={
            **orders.NONE,
            "succeeded": PaymentStatus.SUCCEEDED,
            "processing": OrderStatus.PROCESSING,
            "intent": payment.payment_intent_id,
        },
        set={
            **orders.status_is(order.user_id, order.id, OrderStatus.CANCELLED),
            ("status_reason",): codec.to_item(Reason(RefundReason.NOT_COMPLETED_IN_TIME)),
            ("payment", "status"): PaymentStatus.FAILED,
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(order.user_id, order.id, event.at),
        },
    )
    return _once(change, order.id, event, None)


def _values_of(intent: Intent) -> dict[str, Any]:
    return {
        **orders.PENDING,
        "processing": OrderStatus.PROCESSING,
        "intent": intent.id,
        "money": codec.to_item(intent.money),
    }


def processing(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Note that the bank is confirming the payment. False: that is no news."""
    user_id = intent.user_id or ""
    change = Update(
        key=keys.order(user_id, order_id),
        condition=f"{_STILL_COUNTS} AND #status = :pending",
        values={**orders.PENDING, "intent": intent.id},
        set={
            **orders.status_is(user_id, order_id, OrderStatus.PROCESSING),
            ("payment", "status"): PaymentStatus.PROCESSING,
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(user_id, order_id, event.at + PAYMENT_CHECK),
        },
        remove=orders.REASON,
    )
    return _once(change, order_id, event, stripe_event)


def failed(
    order_id: str, intent: Intent, event: Event, *, reason: Reason, stripe_event: str | None = None
) -> bool:
    """Note that the payment was turned down or withdrawn; the order may be paid anew.

    False: that is no news.
    """
    user_id = intent.user_id or ""
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            f"{_THIS_PAYMENT} AND (#payment.#status = :open OR #payment.#status = :processing)"
            " AND (#status = :pending OR #status = :processing)"
        ),
        values={
            **orders.PENDING,
            "open": PaymentStatus.OPEN,
            "processing": OrderStatus.PROCESSING,
            "intent": intent.id,
        },
        set={
            **orders.status_is(user_id, order_id, OrderStatus.PENDING),
            ("status_reason",): codec.to_item(reason),
            ("payment", "status"): PaymentStatus.FAILED,
            ("updated_at",): to_iso(event.at),
        },
    )
    return _once(change, order_id, event, stripe_event)


def record_reversal(
    order_id: str,
    intent: Intent,
    reversal: Reversal,
    event: Event,
    *,
    reason: Reason | None,
    stripe_event: str | None = None,
) -> bool:
    """Say on the order what went back of one of its payments. False: said already.

    It is due again soon: of two changes at once, the one written last need not be the newer.
    Raises `OrderNotFound`.
    """
    user_id = intent.user_id or ""
    state = orders.reversal_to_item(reversal)
    explanation: dict[tuple[str, ...], Any] = (
        {("status_reason",): codec.to_item(reason)} if reason else {}
    )
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            "attribute_exists(PK) AND (attribute_not_exists(#reversals.#intent)"
            " OR #reversals.#intent.#amount_refunded <> :amount_refunded"
            " OR #reversals.#intent.#refund <> :refund"
            " OR #reversals.#intent.#dispute <> :dispute)"
        ),
        names={"intent": intent.id},
        values=state,
        set={
            ("reversals", intent.id): state,
            ("updated_at",): to_iso(event.at),
            **explanation,
            **orders.set_money_due(user_id, order_id, event.at + PAYMENT_CHECK),
        },
        remove=() if reason else orders.REASON,
    )
    return _once(change, order_id, event, stripe_event)


def _once(
    change: Update,
    order_id: str,
    event: Event,
    stripe_event: str | None,
    *,
    explain_conflict: Callable[[Order], object] = lambda _order: None,
) -> bool:
    """Write one change with the Stripe event that caused it. False: there was nothing to change.

    If the order's condition fails, `explain_conflict` is called with the stored order and may raise
    the reason; if it raises nothing, the order is already in the wanted state.
    """
    seen = [_seen(stripe_event, event.at)] if stripe_event else []
    try:
        client.write(change, events.event_write(order_id, event), *seen)
    except ConditionFailed as refused:
        if refused.part == 0:
            if refused.found is None:
                raise OrderNotFound from None
            explain_conflict(orders.from_item(refused.found))
        return False
    return True


def _seen(stripe_event: str, at: datetime) -> Put:
    return Put(
        item={
            **keys.stripe_event(stripe_event),
            "at": to_iso(at),
            "ttl": int((at + EVENT_LIFETIME).timestamp()),
        }
    )
