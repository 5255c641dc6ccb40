"""A page of the reply to a query or a scan."""

from collections.abc import Iterable
from typing import Any

from tests.simulation.table.partitions import StoredItem
from tests.simulation.table.requests import Expressions
from tests.simulation.table.values import Item

PAGE_BYTES = 1024 * 1024


class Page:
    """Collects items until `limit` of them (-1: any number) or a megabyte were evaluated."""

    def __init__(self, parts: Expressions, limit: int) -> None:
        self.evaluated = 0
        self._parts = parts
        self._limit = limit
        self._items: list[Item] = []
        self._bytes = 0
        self._last: Item | None = None

    @property
    def is_full(self) -> bool:
        return self.evaluated == self._limit or self._bytes >= PAGE_BYTES

    def add(self, stored: StoredItem) -> None:
        """Evaluate an item: it is in the reply if it passes the filter."""
        self._last = stored.item
        self.evaluated += 1
        self._bytes += stored.size
        if self._parts.passes(stored.item):
            self._items.append(self._parts.projected(stored.item))

    def reply(self, key_names: Iterable[str]) -> dict[str, Any]:
        """The reply. `key_names` are the attributes of the key after which the next page begins."""
        reply = {
            "Items": self._items,
            "Count": len(self._items),
            "ScannedCount": self.evaluated,
        }
        if self._last and self.is_full:
            return {**reply, "LastEvaluatedKey": {name: self._last[name] for name in key_names}}
        return reply
