"""The refunds of an order's payments, one item for each."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.payments.refund import Refund
from docket.table import client, difference, keys
from docket.table.client import Put, Update
from docket.table.items import codec
from docket.table.items.attributes import Item

_GUARD = ("status", "attempts", "closed_at", "money.amount", "returned", "has_other_failure")


def put(refund: Refund, *, at: datetime) -> Put:
    """The write of a new refund, for the transaction that decides on it.

    It is refused if there is one: a payment is refunded once.
    """
    return Put(item=to_item(refund, at=at))


def update_write(old: Refund, new: Refund, *, at: datetime) -> Update:
    """The write of a transition. It is refused if the refund has changed since `old`."""
    return difference.update_write(to_item(old, at=at), to_item(new, at=at), guard=_GUARD)


def get(order_id: str, refund_id: str) -> Refund | None:
    """One refund of an order; None if it does not exist, or not yet."""
    item = client.get(keys.refund(order_id, refund_id))
    return from_item(item) if item else None


def of_order(order_id: str) -> list[Refund]:
    """All refunds of the payments of an order, also those that failed or are closed."""
    items = client.query(partition=keys.order_partition(order_id), prefix=keys.REFUNDS)
    return [from_item(item) for item in items]


def of_payment(order_id: str, payment_intent_id: str) -> list[Refund]:
    """The refunds of a payment. Reads those of the whole order."""
    found = of_order(order_id)
    return [refund for refund in found if refund.payment_intent_id == payment_intent_id]


def to_item(refund: Refund, *, at: datetime) -> Item:
    """The item with the index keys of what the refund owes at that time."""
    key = keys.refund(refund.order_id, refund.id)
    return {**key, **keys.debt(due(refund, at), refund.order_id, key), **codec.to_item(refund)}


def from_item(item: Item) -> Refund:
    return codec.from_item(Refund, item)
