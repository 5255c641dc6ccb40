"""The payment of an order: conditional writes of the order's item.

The browser's confirmation, the webhook and the sweeper use the same writes. The id of a Stripe
event is put in the transaction of its effect, so that a repeated event has no second effect.
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
"""Longer than Stripe resends an event (3 days) and lists it for manual resending (30 days)."""

_THIS_PAYMENT = "attribute_exists(PK) AND #payment.#payment_intent_id = :intent"
_CURRENT_REVISION = f"{_THIS_PAYMENT} AND #payment.#revision = #revision"
_WAITING = "#payment.#status = :succeeded AND #status = :processing"
"""The payment succeeded, and the order waits for its documents."""
_PAYS_IN_FULL = (
    f"{_CURRENT_REVISION} AND #payment.#money = :money"
    " AND (#status = :pending OR #status = :processing)"
)


def attach(order: Order, payment: Payment, event: Event) -> None:
    """Make `payment` the order's current one, if the order's revision has not changed.

    The id of the previous payment intent is stored until `forget_replaced`. Does nothing if
    `payment` is already the current one. Raises `OrderNotFound`, `ConcurrentChange`, or the errors
    of `Order.require_payable`.
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

    def explain_conflict(stored: Order) -> None:
        stored.require_payable()
        if stored.payment and stored.payment.payment_intent_id == payment.payment_intent_id:
            raise _AlreadyAttached

    try:
        orders.write(change, order.id, event, explain_conflict=explain_conflict)
    except _AlreadyAttached:
        return


class _AlreadyAttached(Exception):
    """The intent is already attached, by this call or by a concurrent one."""


def forget_replaced(order: Order, payment_intent_id: str) -> None:
    """Remove a replaced payment intent that has been cancelled or refunded. Idempotent.

    Raises `ConditionFailed` if the order does not exist.
    """
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
    """Complete the order that the succeeded intent pays for. False if it was already completed.

    Raises `OrderNotFound`, `PaymentNotConfirmed`, `QuoteOutdated`, `NotReadyToPay` while a document
    is in progress, or `ConcurrentChange`.
    """
    user_id = intent.user_id or ""
    at = to_iso(event.at)
    change = Update(
        key=keys.order(user_id, order_id),
        condition=f"{_PAYS_IN_FULL} AND {orders.NOTHING_IN_PROGRESS}",
        values={**_in_full_values(intent), **orders.NONE},
        set={
            **orders.set_status(user_id, order_id, OrderStatus.COMPLETED),
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
        if order.documents_in_progress:
            raise NotReadyToPay(document.filename for document in order.documents_in_progress)
        raise ConcurrentChange

    return _write_once(change, order_id, event, stripe_event, explain_conflict=explain_conflict)


def wait_for_documents(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Record that the intent succeeded while a document is in progress.

    Returns False if that was already recorded, no document is in progress, or the payment does not
    match the order. Raises `OrderNotFound`.
    """
    user_id = intent.user_id or ""
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            f"{_PAYS_IN_FULL} AND #payment.#status <> :succeeded AND size(#in_progress) > :none"
        ),
        values={**_in_full_values(intent), **orders.NONE, "succeeded": PaymentStatus.SUCCEEDED},
        set={
            **orders.set_status(user_id, order_id, OrderStatus.PROCESSING),
            ("payment", "status"): PaymentStatus.SUCCEEDED,
            ("payment", "paid_at"): to_iso(event.at),
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(user_id, order_id, event.at + PAYMENT_CHECK),
        },
        remove=orders.REASON,
    )
    return _write_once(change, order_id, event, stripe_event)


def complete_waiting(order: Order, event: Event) -> bool:
    """Complete an order whose payment succeeded before its last document was read.

    Returns False if the order is not in that state. Needs no call to Stripe: the item records that
    the payment succeeded. Raises `OrderNotFound`.
    """
    payment = order.waiting_payment
    if payment is None or order.documents_in_progress:
        return False
    at = to_iso(event.at)
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(f"{_CURRENT_REVISION} AND {_WAITING} AND {orders.NOTHING_IN_PROGRESS}"),
        values=_waiting_values(payment),
        set={
            **orders.set_status(order.user_id, order.id, OrderStatus.COMPLETED),
            ("updated_at",): at,
        },
        set_if_absent={("analysed_at",): at},
        remove=orders.REASON,
    )
    return _write_once(change, order.id, event, None)


def give_up(order: Order, payment: Payment, event: Event) -> bool:
    """Cancel an order whose documents are still in progress at the deadline of its payment.

    The payment can no longer complete the order, and the caller refunds it. Returns False if the
    last document was read meanwhile, or the order was completed or cancelled. Raises
    `OrderNotFound`.
    """
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition=(f"{_THIS_PAYMENT} AND {_WAITING} AND size(#in_progress) > :none"),
        values=_waiting_values(payment),
        set={
            **orders.set_status(order.user_id, order.id, OrderStatus.CANCELLED),
            ("status_reason",): codec.to_item(Reason(RefundReason.NOT_COMPLETED_IN_TIME)),
            ("payment", "status"): PaymentStatus.FAILED,
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(order.user_id, order.id, event.at),
        },
    )
    return _write_once(change, order.id, event, None)


def _waiting_values(payment: Payment) -> dict[str, Any]:
    """The values of `_WAITING` for that payment, and of a condition on documents in progress."""
    return {
        **orders.NONE,
        "succeeded": PaymentStatus.SUCCEEDED,
        "processing": OrderStatus.PROCESSING,
        "intent": payment.payment_intent_id,
    }


def _in_full_values(intent: Intent) -> dict[str, Any]:
    """The values of `_PAYS_IN_FULL` for that intent, without the revision."""
    return {
        **orders.PENDING,
        "processing": OrderStatus.PROCESSING,
        "intent": intent.id,
        "money": codec.to_item(intent.money),
    }


def record_processing(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Record that the bank is confirming the payment. False if nothing changed.

    Raises `OrderNotFound`.
    """
    user_id = intent.user_id or ""
    change = Update(
        key=keys.order(user_id, order_id),
        condition=f"{_CURRENT_REVISION} AND #status = :pending",
        values={**orders.PENDING, "intent": intent.id},
        set={
            **orders.set_status(user_id, order_id, OrderStatus.PROCESSING),
            ("payment", "status"): PaymentStatus.PROCESSING,
            ("updated_at",): to_iso(event.at),
            **orders.set_money_due(user_id, order_id, event.at + PAYMENT_CHECK),
        },
        remove=orders.REASON,
    )
    return _write_once(change, order_id, event, stripe_event)


def record_failed(
    order_id: str, intent: Intent, event: Event, *, reason: Reason, stripe_event: str | None = None
) -> bool:
    """Record that the payment was declined or cancelled, so that the order can be paid again.

    Returns False if nothing changed. Raises `OrderNotFound`.
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
            **orders.set_status(user_id, order_id, OrderStatus.PENDING),
            ("status_reason",): codec.to_item(reason),
            ("payment", "status"): PaymentStatus.FAILED,
            ("updated_at",): to_iso(event.at),
        },
    )
    return _write_once(change, order_id, event, stripe_event)


def record_reversal(
    order_id: str,
    intent: Intent,
    reversal: Reversal,
    event: Event,
    *,
    reason: Reason | None,
    stripe_event: str | None = None,
) -> bool:
    """Record the refunds and the dispute of one of the order's payments. False if nothing changed.

    Schedules a check, because with two concurrent changes the last write need not hold the newer
    state. Raises `OrderNotFound`.
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
    return _write_once(change, order_id, event, stripe_event)


def _write_once(
    change: Update,
    order_id: str,
    event: Event,
    stripe_event: str | None,
    *,
    explain_conflict: Callable[[Order], object] = lambda _order: None,
) -> bool:
    """Write one change with the Stripe event that caused it. False if there was nothing to change.

    If the order's condition fails, `explain_conflict` is called with the stored order and may raise
    the reason; if it raises nothing, the order is already in the wanted state.
    """
    stripe_writes = [_put_stripe_event(stripe_event, event.at)] if stripe_event else []
    try:
        client.write(change, events.event_write(order_id, event), *stripe_writes)
    except ConditionFailed as refused:
        if refused.part == 0:
            if refused.stored_item is None:
                raise OrderNotFound from None
            explain_conflict(orders.from_item(refused.stored_item))
        return False
    return True


def _put_stripe_event(stripe_event: str, at: datetime) -> Put:
    """The write that stores the id of a processed Stripe event. Fails if it is stored already."""
    return Put(
        item={
            **keys.stripe_event(stripe_event),
            "at": to_iso(at),
            "ttl": int((at + EVENT_LIFETIME).timestamp()),
        }
    )
