"""The items of orders."""

from datetime import datetime
from typing import Any

from docket.domain.debt import due
from docket.domain.orders.order import Order
from docket.table import keys
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.orders import payment_items


def to_item(order: Order, *, at: datetime) -> Item:
    """The item of an order. Every field except the payment is an attribute of the same name."""
    key = keys.order(order.user_id, order.id)
    item = {
        **key,
        **keys.by_status(order.user_id, order.status, order.id),
        **keys.debt(due(order, at), order.id, key),
        **codec.to_item(order, without=("payment",)),
    }
    if order.payment:
        item["payment"] = payment_items.to_copy(order.payment)
    return item


def from_item(item: Item) -> Order:
    payment: Any = item.get("payment")
    return codec.from_item(
        Order,
        item,
        payment=payment
        and payment_items.from_copy(payment, user_id=item["user_id"], order_id=item["id"]),
    )
