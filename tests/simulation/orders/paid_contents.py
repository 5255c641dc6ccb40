"""What is recorded as paid for, followed through a life."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from docket.domain.orders.order import OrderStatus
from docket.table import keys
from docket.table.items.attributes import Item
from tests.simulation.clock import SECOND

LATEST = 60 * SECOND
"""A request decides on what was paid for at most so long before it starts a payment."""


class PaidContents:
    """Since when each content is paid for no more, and when payments were started and orders were
    completed: microseconds."""

    def __init__(self) -> None:
        self._returned: dict[tuple[str, str], int | None] = {}
        self._started: dict[str, int] = {}
        self._completed: dict[str, int] = {}
        self._requests: defaultdict[str, list[int]] = defaultdict(list)

    def follow(self, key: tuple[str, str], item: Item | None, now: int) -> None:
        """Follow the write of an item."""
        _, sort = key
        if sort.startswith(keys.CONTENTS):
            self._returned[key] = None if item and item["documents"] else now
        elif sort.startswith(keys.PAYMENTS):
            self._started.setdefault(sort.removeprefix(keys.PAYMENTS), now)
        elif sort.startswith(keys.ORDERS) and item and item["status"] == OrderStatus.COMPLETED:
            self._completed.setdefault(sort.removeprefix(keys.ORDERS), now)

    def begin_request(self, order_id: str, now: int) -> None:
        """The customer begins to ask for a payment of an order, once or several times."""
        self._requests[order_id].append(now)

    def completed_before(self, order_id: str, payment_intent_id: str) -> Iterator[str]:
        """The orders that were completed before any request that may have started the payment."""
        started = self._started[payment_intent_id]
        requests = [at for at in self._requests[order_id] if started - LATEST < at <= started]
        if requests:
            yield from (other for other, at in self._completed.items() if at < min(requests))

    def was_returned_before(
        self, user_id: str, hashes: Iterable[str], payment_intent_id: str
    ) -> bool:
        """Whether nothing with these hashes was paid for when the payment was started."""
        items = [keys.content(user_id, sha256) for sha256 in hashes]
        found_keys = [key for item in items if (key := (item["PK"], item["SK"])) in self._returned]
        started = self._started[payment_intent_id]
        returned = [self._returned[key] for key in found_keys]
        return all(at is not None and at + LATEST < started for at in returned)
