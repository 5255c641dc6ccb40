"""The payment within an order. Whoever brings the news, the same conditional write decides.

A Stripe event is kept in the transaction of its effect, so that one which comes twice has it once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from docket.domain.errors import Busy, OrderNotFound
from docket.domain.event import Event
from docket.domain.order import PAYMENT_CHECK, Order, OrderStatus
from docket.domain.payment import Intent, Payment, PaymentStatus
from docket.table import client, events, keys, orders
from docket.table.client import ConditionFailed, Put, Update
from docket.table.times import stamp

EVENT_KEPT = timedelta(days=35)
"""Stripe sends an event again for three days, and shows it for thirty."""

_THIS_PAYMENT = "attribute_exists(PK) AND #payment.#intent_id = :intent"
_STILL_COUNTS = f"{_THIS_PAYMENT} AND #payment.#revision = #revision"


def attach(order: Order, payment: Payment, event: Event) -> None:
    """Make it the order's payment, if the order is as it was when the payment was opened for it.

    Raises `Busy`, or what keeps the order from being paid.
    """
    change = Update(
        key=keys.order(order.user_id, order.id),
        condition="attribute_exists(PK) AND #status = :pending AND #revision = :revision",
        values={**orders.PENDING, "revision": payment.revision},
        set={
            ("payment",): orders.encoded_payment(payment),
            ("updated_at",): stamp(event.at),
            **orders.due_at(order.user_id, order.id, event.at + PAYMENT_CHECK),
        },
    )
    orders.write(change, order.id, event, why=Order.require_payable)


def complete(
    order_id: str, intent: Intent, event: Event, *, stripe_event: str | None = None
) -> bool:
    """Complete the order that the succeeded intent pays for. False: it was complete already.

    Raises `OrderNotFound`, `PaymentNotConfirmed`, `QuoteOutdated`, or `Busy`.
    """
    user_id = intent.user_id or ""
    at = stamp(event.at)
    change = Update(
        key=keys.order(user_id, order_id),
        condition=(
            f"{_STILL_COUNTS} AND #payment.#amount = :amount AND #payment.#currency = :currency"
            " AND (#status = :pending OR #status = :processing)"
        ),
        values={
            **orders.PENDING,
            "processing": OrderStatus.PROCESSING,
            "intent": intent.id,
            "amount": intent.money.amount,
            "currency": intent.money.currency,
        },
        set={
            **orders.status_is(user_id, order_id, OrderStatus.COMPLETED),
            ("payment", "status"): PaymentStatus.SUCCEEDED,
            ("payment", "paid_at"): at,
            ("updated_at",): at,
        },
        keep={("analysed_at",): at},
        remove=[("status_reason",), *orders.NOT_DUE],
    )

    def why(order: Order) -> None:
        if order.require_paid_by(intent).status is not PaymentStatus.SUCCEEDED:
            raise Busy

    return _once(change, order_id, event, stripe_event, why=why)


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
            ("status_reason",): "The bank is confirming the payment. The analysis opens then.",
            ("payment", "status"): PaymentStatus.PROCESSING,
            ("updated_at",): stamp(event.at),
            **orders.due_at(user_id, order_id, event.at + PAYMENT_CHECK),
        },
    )
    return _once(change, order_id, event, stripe_event)


def failed(
    order_id: str, intent: Intent, event: Event, *, reason: str, stripe_event: str | None = None
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
            ("status_reason",): reason,
            ("payment", "status"): PaymentStatus.FAILED,
            ("updated_at",): stamp(event.at),
        },
    )
    return _once(change, order_id, event, stripe_event)


def refunded(
    order_id: str, intent: Intent, event: Event, *, reason: str, stripe_event: str | None = None
) -> bool:
    """Say on the order that a payment which did not count was given back. False: said already.

    Raises `OrderNotFound`.
    """
    change = Update(
        key=keys.order(intent.user_id or "", order_id),
        condition="attribute_exists(PK) AND attribute_not_exists(#refunds.#intent)",
        names={"intent": intent.id},
        set={
            ("refunds", intent.id): stamp(event.at),
            ("status_reason",): reason,
            ("updated_at",): stamp(event.at),
        },
    )
    return _once(change, order_id, event, stripe_event)


def _once(
    change: Update,
    order_id: str,
    event: Event,
    stripe_event: str | None,
    *,
    why: Callable[[Order], object] = lambda _order: None,
) -> bool:
    """One change, with the Stripe event that brought it. False: there was nothing to change.

    If the order refuses, `why` may raise the reason; if it raises none, it is as it should be.
    """
    seen = [_seen(stripe_event, event.at)] if stripe_event else []
    try:
        client.write(change, events.appended(order_id, event), *seen)
    except ConditionFailed as refused:
        if refused.part == 0:
            if refused.found is None:
                raise OrderNotFound from None
            why(orders.decoded(refused.found))
        return False
    return True


def _seen(stripe_event: str, at: datetime) -> Put:
    return Put(
        item={
            **keys.stripe_event(stripe_event),
            "at": stamp(at),
            "ttl": int((at + EVENT_KEPT).timestamp()),
        }
    )
