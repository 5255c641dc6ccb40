"""The stored items: current items, lagging indexes, and items whose time to live has passed."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.simulation.clock import SECOND, Clock
from tests.simulation.faults import Fault, Faults
from tests.simulation.table.partitions import Partitions, Replica, Schema, StoredItem
from tests.simulation.table.values import MAX_ITEM_BYTES, Attribute, Invalid, Item, size_of

TTL = "ttl"
"""The attribute with the time to live, in seconds since 1970."""

BASE = Schema(name="", partition="PK", sort="SK")

type Key = tuple[str, str]
type Change = tuple[Key, Item | None, Item | None]
"""A key, and its item before and after a write."""


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
    """The items of one table. Keys are texts named `PK` and `SK`."""

    clock: Clock
    faults: Faults
    random: Random
    indexes: Sequence[Schema]
    lags: Lags = field(default_factory=Lags)
    watch: Callable[[Sequence[Change]], None] | None = None
    """Is called after each write with its changes; those of a transaction come together."""

    def __post_init__(self) -> None:
        self.current = Partitions()
        self._changes: list[Change] = []
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
            stored = self.current.get(key[0], (key[1],))
        else:
            stored = self._eventual.partitions(self.clock.microseconds).get(key[0], (key[1],))
        return stored.item if stored else None

    def view(self, index: str | None, *, consistent: bool) -> tuple[Partitions, Schema]:
        """The items that a query reads, and the schema of their keys. Raises `Invalid`."""
        if index is None:
            if consistent:
                return self.current, BASE
            return self._eventual.partitions(self.clock.microseconds), BASE
        if index not in self._replicas:
            raise Invalid(f"The table does not have the specified index: {index}")
        if consistent:
            raise Invalid("Consistent reads are not supported on global secondary indexes")
        replica = self._replicas[index]
        return replica.partitions(self.clock.microseconds), replica.schema

    def check(self, item: Item, size: int | None = None) -> StoredItem:
        """An item that is to be stored; `size` is its size, if known.

        Raises `Invalid`.
        """
        for name in self._index_keys:
            if name in item:
                _check_index_key(name, item[name], self.indexes)
        size = size_of(item) if size is None else size
        if size > MAX_ITEM_BYTES:
            raise Invalid("Item size has exceeded the maximum allowed size")
        return StoredItem(item, size)

    def write(self, key: Key, stored: StoredItem | None) -> None:
        """Store an item, or remove the one with this key."""
        before = self.current.get(key[0], (key[1],))
        if stored is None:
            self.current.remove(key[0], (key[1],))
        else:
            self.current.put(key[0], (key[1],), stored)
            if TTL in stored.item:
                self._expire(key, stored.item[TTL])
        now = self.clock.microseconds
        self._eventual.follow(key, before, stored, now)
        for replica in self._replicas.values():
            replica.follow(key, before, stored, now)
        if self.watch is not None and (before or stored):
            self._changes.append(
                (key, before.item if before else None, stored.item if stored else None)
            )

    def commit(self) -> None:
        """Pass the changes since the last call to the watcher."""
        changes, self._changes = self._changes, []
        if self.watch is not None and changes:
            self.watch(changes)

    def remove_expired(self) -> None:
        """Remove the items whose removal is due; each is looked at when it was to expire."""
        expiring = self._expiring
        while expiring and expiring[0][0] <= self.clock.microseconds:
            _, key, ttl = heapq.heappop(expiring)
            item = self.get(key)
            if item and item.get(TTL) == {"N": ttl}:
                self.write(key, None)
                self.commit()

    def items(self) -> list[Item]:
        """All items."""
        return [stored.item for stored in self.current]

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
