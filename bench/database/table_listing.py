"""The list of a customer's orders, while their number grows."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

from moto.dynamodb.models.dynamo_type import DynamoType, Item

from bench.database.metering import Cost, Meter, table
from docket.domain.orders.order import Order, OrderStatus
from docket.domain.payments.pricing import PriceList
from docket.runtime.clock import now
from docket.table import keys
from docket.table.items import attributes
from docket.table.orders import order_items
from tests.make_calls import call

COUNTS = (10, 1_000, 100_000)
"""Orders that a customer has."""
PRICES = PriceList(base=200, per_page=50, currency="eur")
"""Of the orders, in minor units; they do not affect what a list costs."""
USER = "01JMANYORDERS000000000000A"
AT = now()

type Listed = tuple[int, str, Cost, int]
"""The number of the orders, the filter, the cost of the first page, and the bytes of the reply."""


def measure(meter: Meter) -> Iterator[Listed]:
    """Put orders into moto's table without requests, and list the newest 25 of them."""
    stored = 0
    for count in COUNTS:
        _put(stored, count)
        stored = count
        for status in (None, "completed"):
            meter.taken()
            query = {"limit": 25, **({"status": status} if status else {})}
            reply = call("orders/list", as_user=USER, query=query)
            yield count, status or "all", meter.taken(), len(reply.body)


def _put(first: int, end: int) -> None:
    """Put orders that share the attributes in which they do not differ: moto's take 40 KB each."""
    items = table().items[DynamoType({"S": keys.user_partition(USER)})]
    shared = Item(DynamoType({"S": ""}), None, attributes.to_attributes(_item(first))).attrs
    for number in range(first, end):
        differing = attributes.to_attributes(_item(number))
        order = copy(shared)
        for name in ("SK", "GSI1SK", "id"):
            dict.__setitem__(order, name, DynamoType(differing[name]))
        item: Any = Item.__new__(Item)
        item.hash_key, item.range_key, item.attrs = order["PK"], order["SK"], order
        items[order["SK"]] = item


def _item(number: int) -> attributes.Item:
    order = Order.create(
        f"01JD{number:022d}",
        USER,
        "A month of invoices",
        prices=PRICES,
        at=AT,
        expires_at=AT + timedelta(days=30),
    )
    completed = replace(order, status=OrderStatus.COMPLETED, documents=3, readable=3)
    return order_items.to_item(completed, at=AT)
