"""The items of payments, and the copy of the current one that an order stores."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.payments.payment import Payment
from docket.table import client, difference, keys
from docket.table.client import Put, Update
from docket.table.items import codec
from docket.table.items.attributes import Item

_GUARD = (
    "status", "failure", "amount_refunded", "amount_lost", "amount_acknowledged", "refund",
    "dispute", "reversal_version",
)  # fmt: skip
GUARD_OF_COPY = ("payment_intent_id", *_GUARD)
"""What tells the states of an order's copy apart. It is not compared as a whole: an earlier release
has stored it without the fields that were added since."""
_OF_ORDER = ("order_id", "user_id")


def put(payment: Payment, *, at: datetime) -> Put:
    """The write of a payment that was opened, for the transaction of its order."""
    return Put(item=to_item(payment, at=at))


def update_write(old: Payment, new: Payment, *, at: datetime) -> Update:
    """The write of a transition. It is refused if the payment has changed since `old`."""
    return difference.update_write(to_item(old, at=at), to_item(new, at=at), guard=_GUARD)


def get(order_id: str, payment_intent_id: str) -> Payment | None:
    """One payment of an order, current or replaced; None if the order has no such payment."""
    item = client.get(keys.payment(order_id, payment_intent_id))
    return from_item(item) if item else None


def of_order(order_id: str) -> list[Payment]:
    """All payments that were ever opened for an order."""
    items = client.query(partition=keys.order_partition(order_id), prefix=keys.PAYMENTS)
    return [from_item(item) for item in items]


def to_item(payment: Payment, *, at: datetime) -> Item:
    """The item with the index keys of what the payment owes at that time."""
    key = keys.payment(payment.order_id, payment.payment_intent_id)
    return {**key, **keys.debt(due(payment, at), payment.order_id, key), **codec.to_item(payment)}


def from_item(item: Item) -> Payment:
    return codec.from_item(Payment, item)


def to_copy(payment: Payment) -> Item:
    """The attribute `payment` of the order."""
    return codec.to_item(payment, without=_OF_ORDER)


def from_copy(copy: Item, *, user_id: str, order_id: str) -> Payment:
    """The inverse of `to_copy`; the order has the two ids."""
    return codec.from_item(Payment, copy, user_id=user_id, order_id=order_id)
