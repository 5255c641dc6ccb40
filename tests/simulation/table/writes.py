"""Single writes and transactions, on the store's items, without faults.

A refused condition is an exception here; the client makes botocore's error of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation.table.partitions import StoredItem
from tests.simulation.table.requests import (
    Expressions,
    check_key_unchanged,
    check_parameters,
    expressions,
    key_in,
    key_of,
)
from tests.simulation.table.store import Key, Store
from tests.simulation.table.values import Invalid, Item, stored_item

MAX_PARTS = 100

_PARAMETERS = {
    "Put": ("Item", "ConditionExpression"),
    "Update": ("Key", "ConditionExpression", "UpdateExpression"),
    "Delete": ("Key", "ConditionExpression"),
    "ConditionCheck": ("Key", "ConditionExpression"),
}


class Refused(Exception):
    """The condition of a write does not hold; `item` is the stored item if it is wanted."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("The conditional request failed")
        self.item = item


class Cancelled(Exception):
    """A transaction is cancelled, with a reason for each part."""

    def __init__(self, reasons: list[dict[str, Any]]) -> None:
        codes = ", ".join(reason["Code"] for reason in reasons)
        super().__init__(
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
            f"[{codes}]"
        )
        self.reasons = reasons


@dataclass(slots=True)
class Write:
    """A parsed write: what it does to the item at `key`, if its condition holds."""

    kind: str
    key: Key
    parts: Expressions
    put: StoredItem | None
    returns_old: bool

    def outcome(self, store: Store, before: Item | None) -> StoredItem | None:
        """The item after the write. Raises `Refused` and `Invalid`."""
        if not self.parts.allows(before):
            raise Refused(before if self.returns_old else None)
        if self.kind == "Delete":
            return None
        if self.put is not None:
            return store.check(self.put.item, self.put.size)
        item = before or {"PK": {"S": self.key[0]}, "SK": {"S": self.key[1]}}
        return store.check(self.parts.updated(item))


def parse_write(kind: str, request: Mapping[str, Any]) -> Write:
    """Parse a write. Raises `Invalid`."""
    check_parameters(
        request, *_PARAMETERS[kind], "ReturnValuesOnConditionCheckFailure", "ReturnValues"
    )
    parts = expressions(request)
    put = StoredItem(*stored_item(request["Item"])) if kind == "Put" else None
    key = key_of(request["Key"]) if put is None else key_in(put.item)
    if parts.update:
        check_key_unchanged(parts.update, parts.names)
    returns_old = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    return Write(kind, key, parts, put, returns_old)


def write_one(store: Store, kind: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """Execute a single write, and return its reply. Raises `Refused` and `Invalid`."""
    write = parse_write(kind, request)
    before = store.get(write.key)
    stored = write.outcome(store, before)
    store.write(write.key, stored)
    store.commit()
    returned = request.get("ReturnValues", "NONE")
    if returned == "NONE":
        return {}
    if returned == "ALL_OLD":
        return {"Attributes": before} if before else {}
    if returned == "ALL_NEW" and kind == "Update":
        return {"Attributes": stored.item if stored else {}}
    raise Invalid("ReturnValues can only be ALL_OLD or NONE")


def write_all(store: Store, items: Sequence[Mapping[str, Any]]) -> None:
    """Execute a transaction: all its writes or none. Raises `Cancelled` and `Invalid`."""
    if len(items) > MAX_PARTS:
        raise Invalid(
            "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: "
            f"Member must have length less than or equal to {MAX_PARTS}"
        )
    writes = []
    for part in items:
        ((kind, request),) = part.items()
        writes.append(parse_write(kind, request))
    if len({write.key for write in writes}) < len(writes):
        raise Invalid("Transaction request cannot include multiple operations on one item")
    outcomes = [_attempt(store, write) for write in writes]
    if any(reason["Code"] != "None" for _, reason in outcomes):
        raise Cancelled([reason for _, reason in outcomes])
    for write, (stored, _) in zip(writes, outcomes, strict=True):
        if write.kind != "ConditionCheck":
            store.write(write.key, stored)
    store.commit()


def _attempt(store: Store, write: Write) -> tuple[StoredItem | None, dict[str, Any]]:
    """The item after a part of a transaction, and the reason to cancel it, if there is one."""
    try:
        return write.outcome(store, store.get(write.key)), {"Code": "None"}
    except Refused as refused:
        item = {"Item": refused.item} if refused.item else {}
        return None, {"Code": "ConditionalCheckFailed", "Message": str(refused), **item}
    except Invalid as invalid:
        return None, {"Code": "ValidationError", "Message": str(invalid)}
