"""Items in partitions, sorted, and copies of them that lag behind."""

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.simulation.table.values import Item

type SortKey = tuple[str, ...]
"""The sort key; in an index followed by the key of the table, which makes it unique."""


@dataclass(slots=True)
class StoredItem:
    """An item and its size in bytes, which limits the page of a query."""

    item: Item
    size: int


class Partitions:
    """Items by partition, in the order of their sort keys."""

    def __init__(self) -> None:
        self._keys: dict[str, list[SortKey]] = {}
        self._items: dict[tuple[str, SortKey], StoredItem] = {}

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[StoredItem]:
        return iter(self._items.values())

    def in_order(self) -> list[tuple[tuple[str, SortKey], StoredItem]]:
        """All items with their keys, in an order that does not depend on when they were put."""
        return sorted(self._items.items(), key=lambda entry: entry[0])

    def get(self, partition: str, key: SortKey) -> StoredItem | None:
        """The item with this key."""
        return self._items.get((partition, key))

    def put(self, partition: str, key: SortKey, stored: StoredItem) -> None:
        """Add or replace an item."""
        if (partition, key) not in self._items:
            insort(self._keys.setdefault(partition, []), key)
        self._items[partition, key] = stored

    def remove(self, partition: str, key: SortKey) -> None:
        """Remove an item; nothing happens if there is none."""
        if self._items.pop((partition, key), None):
            keys = self._keys[partition]
            del keys[bisect_left(keys, key)]

    def scan(
        self, partition: str, *, after: SortKey | None = None, forward: bool = True, first: str = ""
    ) -> Iterator[StoredItem]:
        """Items in order, from the first sort key, or from the one after `after`."""
        keys = self._keys.get(partition, [])
        if forward:
            begin = bisect_right(keys, after) if after is not None else bisect_left(keys, (first,))
            positions = range(begin, len(keys))
        else:
            end = bisect_left(keys, after) if after is not None else len(keys)
            positions = range(end - 1, -1, -1)
        return (self._items[partition, keys[position]] for position in positions)


@dataclass(frozen=True, kw_only=True)
class Schema:
    """An index: the attributes of its key, and those it contains; None is all of them.

    A projection is `()` for KEYS_ONLY, and the names for INCLUDE.
    """

    name: str
    partition: str
    sort: str
    projection: tuple[str, ...] | None = None


class Replica:
    """A copy of the table, in the order of an index, that follows each write after a delay.

    Writes to one item arrive in their order; those to different items overtake each other.
    """

    def __init__(self, schema: Schema, delay: Callable[[], int]) -> None:
        self.schema = schema
        self._delay = delay
        self._partitions = Partitions()
        self._coming: list[tuple[int, int, tuple[str, str], Item | None, int]] = []
        self._arrival: dict[tuple[str, str], int] = {}
        self._place: dict[tuple[str, str], tuple[str, SortKey]] = {}
        self._number = 0
        self._has_key = schema.partition, schema.sort
        self._is_index = schema.partition != "PK"

    def follow(
        self, key: tuple[str, str], before: StoredItem | None, after: StoredItem | None, now: int
    ) -> None:
        """Note a write of the item with the table's key `key`."""
        old = self._projected(before.item) if before else None
        new = self._projected(after.item) if after else None
        if old == new:
            return
        arrival = now + self._delay()
        if self._coming:
            arrival = max(arrival, self._arrival.get(key, 0))
        self._arrival[key] = arrival
        self._number += 1
        size = after.size if after else 0
        heapq.heappush(self._coming, (arrival, self._number, key, new, size))

    def partitions(self, now: int) -> Partitions:
        """The items that the replica shows at this time."""
        coming = self._coming
        while coming and coming[0][0] <= now:
            _, _, key, item, size = heapq.heappop(coming)
            if place := self._place.pop(key, None):
                self._partitions.remove(*place)
            if item is not None:
                sort_key = (item[self.schema.sort]["S"], *(key if self._is_index else ()))
                place = item[self.schema.partition]["S"], sort_key
                self._place[key] = place
                self._partitions.put(*place, StoredItem(item, size))
        return self._partitions

    def delayed(self) -> int:
        """How many writes the replica does not show yet."""
        return len(self._coming)

    def _projected(self, item: Item) -> Item | None:
        partition, sort = self._has_key
        if partition not in item or sort not in item:
            return None
        if self.schema.projection is None:
            return item
        names = ("PK", "SK", partition, sort, *self.schema.projection)
        return {name: item[name] for name in names if name in item}
