"""Counts what the calls of the table's client cost, by act and by partition."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType

from bench.database.capacity import (
    Attributes,
    get_units,
    index_units,
    item_bytes,
    query_units,
    write_units,
)
from docket.table import client
from infra.metrics import INDEXES
from tests.emulated_aws import REGION, TABLE


@dataclass
class Cost:
    """What some calls cost: their number, and their units."""

    calls: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    """Of the table's partitions."""
    indexed: Counter[str] = field(default_factory=Counter)
    """Of the indexes' partitions; each name begins with that of the index."""
    reads: float = 0
    """Read units; those of an index may be halves."""
    bytes_read: int = 0
    """The sizes of the items that were read."""

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.calls + other.calls,
            self.written + other.written,
            self.indexed + other.indexed,
            self.reads + other.reads,
            self.bytes_read + other.bytes_read,
        )

    @property
    def writes(self) -> int:
        """All write units: the table's and those of its indexes."""
        return self.written.total() + self.indexed.total()


class Meter:
    """The costs of all calls since the last `taken`."""

    def __init__(self) -> None:
        self._cost = Cost()

    def taken(self) -> Cost:
        """The cost since the last call, which begins the next act."""
        cost, self._cost = self._cost, Cost()
        return cost

    def write(self, request: list[dict[str, Any]], call: Callable[[], Any], operation: str) -> Any:
        """Make a call that writes these keys, and count what changed, even if it was refused."""
        keys = [_key(part) for part in request]
        before = [stored(key) for key in keys]
        transaction = operation == "TransactWriteItems"
        self._cost.calls[operation] += 1
        try:
            return call()
        finally:  # a refused write costs units too
            for key, old in zip(keys, before, strict=True):
                new = stored(key)
                units = write_units(old, new, transaction=transaction)
                self._cost.written[key["PK"]["S"]] += units
                for index in INDEXES:
                    for partition, changed in index_units(index, old, new).items():
                        self._cost.indexed[f"{index} {partition}"] += changed

    def read(self, operation: str, units: float, items: Iterable[Attributes | None]) -> None:
        """Count a call that read these items; `units` are its read units."""
        self._cost.calls[operation] += 1
        self._cost.reads += units
        self._cost.bytes_read += sum(item_bytes(item) for item in items if item)


@contextmanager
def metered() -> Iterator[Meter]:
    """Meter the calls of the table's client in this process until the block ends."""
    meter, dynamodb = Meter(), client.dynamodb()
    get_item, batch_get, query = dynamodb.get_item, dynamodb.batch_get_item, dynamodb.query
    update, transact = dynamodb.update_item, dynamodb.transact_write_items

    def metered_get(**request: Any) -> Any:
        reply = get_item(**request)
        items = [reply.get("Item")]
        units = get_units(items, consistent=request["ConsistentRead"])
        meter.read("GetItem", units, items)
        return reply

    def metered_batch(**request: Any) -> Any:
        ((_, wanted),) = request["RequestItems"].items()
        items = [stored(key) for key in wanted["Keys"]]
        units = get_units(items, consistent=wanted["ConsistentRead"])
        meter.read("BatchGetItem", units, items)
        return batch_get(**request)

    def metered_query(**request: Any) -> Any:
        reply = query(**request)
        units = query_units(reply["Items"], consistent=request.get("ConsistentRead", False))
        meter.read("Query", units, reply["Items"])
        return reply

    def metered_update(**request: Any) -> Any:
        return meter.write([request], lambda: update(**request), "UpdateItem")

    def metered_transaction(**request: Any) -> Any:
        parts = [part for item in request["TransactItems"] for part in item.values()]
        return meter.write(parts, lambda: transact(**request), "TransactWriteItems")

    with (
        patch.object(dynamodb, "get_item", metered_get),
        patch.object(dynamodb, "batch_get_item", metered_batch),
        patch.object(dynamodb, "query", metered_query),
        patch.object(dynamodb, "update_item", metered_update),
        patch.object(dynamodb, "transact_write_items", metered_transaction),
    ):
        yield meter


def table() -> Any:
    """The table in moto: its items are read and put here without a request."""
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[TABLE]


def stored(key: Attributes) -> Attributes | None:
    """The item at a key, or None; the request would be metered."""
    item = table().get_item(DynamoType(key["PK"]), DynamoType(key["SK"]))
    attributes: Attributes | None = item.to_json()["Attributes"] if item else None
    return attributes


def _key(part: dict[str, Any]) -> Attributes:
    key: Attributes = part.get("Key") or {name: part["Item"][name] for name in ("PK", "SK")}
    return key
