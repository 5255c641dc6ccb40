"""The stored items: current rows, lagging indexes, and items whose time to live has passed."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.simulation.clock import SECOND, Clock
from tests.simulation.faults import Fault, Faults
from tests.simulation.table.rows import Replica, Row, Rows, Schema
from tests.simulation.table.values import MAX_ITEM_BYTES, Attribute, Invalid, Item, size_of

TTL = "ttl"
"""The attribute with the time to live, in seconds since 1970."""

BASE = Schema(name="", partition="PK", sort="SK")

type Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Lags:
    """How late things are, each drawn between its two limits, in seconds."""

    index: tuple[float, float] = (0.0, 2.0)
    stale_index: tuple[float, float] = (60.0, 600.0)
    """While `Fault.STALE_INDEX` fires."""
    replica: tuple[float, float] = (0.0, 1.0)
    """Of reads that are not consistent."""
    expiry: tuple[float, float] = (0.0, 48 * 3600.0)
    """From the time to live to the removal of the item."""


NO_LAG = Lags(index=(0, 0), stale_index=(0, 0), replica=(0, 0), expiry=(0, 0))


@dataclass
class Store:
    """The rows of one table. Keys are texts named `PK` and `SK`."""

    clock: Clock
    faults: Faults
    random: Random
    indexes: Sequence[Schema]
    lags: Lags = field(default_factory=Lags)
    history: list[tuple[Key, Item | None, Item | None]] | None = None
    """Every change as key, item before and after, if it is a list."""

    def __post_init__(self) -> None:
        self.current = Rows()
        self._expiring: list[tuple[int, Key, str]] = []
        self._eventual = Replica(BASE, self._delay(self.lags.replica))
        self._replicas = {
            schema.name: Replica(schema, self._index_delay) for schema in self.indexes
        }
        self._index_keys = [
            name for schema in self.indexes for name in (schema.partition, schema.sort)
        ]

    def get(self, key: Key, *, consistent: bool = True) -> Item | None:
        """The item with this key."""
        if consistent:
            row = self.current.get(key[0], (key[1],))
        else:
            row = self._eventual.rows(self.clock.microseconds).get(key[0], (key[1],))
        return row.item if row else None

    def view(self, index: str | None, *, consistent: bool) -> tuple[Rows, Schema]:
        """The rows that a query reads, and their schema. Raises `Invalid`."""
        if index is None:
            if consistent:
                return self.current, BASE
            return self._eventual.rows(self.clock.microseconds), BASE
        if index not in self._replicas:
            raise Invalid(f"The table does not have the specified index: {index}")
        if consistent:
            raise Invalid("Consistent reads are not supported on global secondary indexes")
        replica = self._replicas[index]
        return replica.rows(self.clock.microseconds), replica.schema

    def check(self, item: Item, size: int | None = None) -> Row:
        """The row of an item that is to be stored; `size` is its size, if known.

        Raises `Invalid`.
        """
        for name in self._index_keys:
            if name in item:
                _check_index_key(name, item[name], self.indexes)
        size = size_of(item) if size is None else size
        if size > MAX_ITEM_BYTES:
            raise Invalid("Item size has exceeded the maximum allowed size")
        return Row(item, size)

    def write(self, key: Key, row: Row | None) -> None:
        """Store a row, or remove the one with this key."""
        before = self.current.get(key[0], (key[1],))
        if row is None:
            self.current.remove(key[0], (key[1],))
        else:
            self.current.put(key[0], (key[1],), row)
            if TTL in row.item:
                self._expire(key, row.item[TTL])
        now = self.clock.microseconds
        self._eventual.follow(key, before, row, now)
        for replica in self._replicas.values():
            replica.follow(key, before, row, now)
        if self.history is not None and (before or row):
            self.history.append((key, before.item if before else None, row.item if row else None))

    def remove_expired(self) -> None:
        """Remove the items whose removal is due; each is looked at when it was to expire."""
        expiring = self._expiring
        while expiring and expiring[0][0] <= self.clock.microseconds:
            _, key, ttl = heapq.heappop(expiring)
            item = self.get(key)
            if item and item.get(TTL) == {"N": ttl}:
                self.write(key, None)

    def items(self) -> list[Item]:
        """All items."""
        return [row.item for row in self.current]

    def _expire(self, key: Key, ttl: Attribute) -> None:
        if "N" in ttl:
            removal = float(ttl["N"]) + self.random.uniform(*self.lags.expiry)
            heapq.heappush(self._expiring, (round(removal * SECOND), key, ttl["N"]))

    def _index_delay(self) -> int:
        stale = self.faults.fires(Fault.STALE_INDEX, "dynamodb index")
        return self._delay(self.lags.stale_index if stale else self.lags.index)()

    def _delay(self, limits: tuple[float, float]) -> Callable[[], int]:
        low, high = limits
        return lambda: round(self.random.uniform(low, high) * SECOND) if high else 0


def _check_index_key(name: str, attribute: Attribute, indexes: Sequence[Schema]) -> None:
    index = next(schema.name for schema in indexes if name in (schema.partition, schema.sort))
    if "S" not in attribute:
        (actual,) = attribute
        raise Invalid(
            "One or more parameter values were invalid: Type mismatch for Index Key "
            f"{name} Expected: S Actual: {actual} IndexName: {index}"
        )
    if not attribute["S"]:
        raise Invalid(
            "One or more parameter values are not valid. A value specified for a secondary index "
            "key is not supported. The AttributeValue for a key attribute cannot contain an "
            f"empty string value. IndexName: {index}, IndexKey: {name}"
        )
