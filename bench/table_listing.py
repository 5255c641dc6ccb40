"""The list of a customer's orders, while their number grows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bench.metering import Cost, Meter, table
from docket.domain.order import Order, OrderStatus
from docket.domain.pricing import PriceList
from docket.runtime.clock import now
from docket.table import attributes, order_items
from tests.make_calls import call

COUNTS = (10, 1_000, 100_000)
PRICES = PriceList(base=200, per_page=50, currency="eur")
USER = "01JMANYORDERS000000000000A"

type Listed = tuple[int, str, Cost, int]
"""The number of the orders, the filter, the cost of the first page, and the bytes of the reply."""


def measure(meter: Meter) -> Iterator[Listed]:
    """Put orders into moto's table without requests, and list the newest 25 of them."""
    stored = 0
    for count in COUNTS:
        for number in range(stored, count):
            _put(number)
        stored = count
        for status in (None, "completed"):
            meter.taken()
            query = {"limit": 25, **({"status": status} if status else {})}
            reply = call("orders/list", as_user=USER, query=query)
            yield count, status or "all", meter.taken(), len(reply.body)


def _put(number: int) -> None:
    at = now()
    order = Order.create(
        f"01JD{number:022d}",
        USER,
        f"Order {number}",
        prices=PRICES,
        at=at,
        expires_at=at + timedelta(days=30),
    )
    completed = replace(order, status=OrderStatus.COMPLETED, documents=3, readable=3)
    item = order_items.to_item(completed, at=at)
    table().put_item(attributes.to_attributes(item))
