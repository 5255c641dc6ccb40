"""The capacity units of DynamoDB, from the items that a request reads and writes.

moto counts one unit for most requests, whatever their size, so they are computed here by AWS's
documented rules, in https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/:

    CapacityUnitCalculations.html   the size of an item
    read-write-operations.html      reads by 4 KB, writes by 1 KB; an update counts the larger of
                                    the item before and after it
    transaction-apis.html           a write in a transaction costs two for each KB
    GSI.html                        an index entry that is put or removed costs a write, one whose
                                    key changes costs two, an unchanged one none; indexes are
                                    written after the transaction, so they do not cost twice

Attribute values are in DynamoDB's format: `{"S": "text"}`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

KB = 1024
"""Bytes of an item for which a write takes one unit."""
READ_BYTES = 4 * KB
"""Bytes for which a strongly consistent read takes one unit."""
CONTAINER_BYTES = 3
"""What a list or a map takes besides its elements."""
ELEMENT_BYTES = 1
"""What each element of a list or a map takes besides its value."""

type Attributes = Mapping[str, Mapping[str, Any]]


def item_bytes(item: Attributes) -> int:
    """The size of an item: the names and the values of its attributes."""
    return sum(_text_bytes(name) + _value_bytes(value) for name, value in item.items())


def write_units(before: Attributes | None, after: Attributes | None, *, transaction: bool) -> int:
    """The units of a write of the table; `before` is `after` if it was refused.

    Writing or deleting an absent item, and a refused write, cost one.
    """
    larger = max(item_bytes(before or {}), item_bytes(after or {}), 1)
    return -(-larger // KB) * (2 if transaction else 1)


def index_units(index: str, before: Attributes | None, after: Attributes | None) -> dict[str, int]:
    """The units of the writes of an index of keys, by its partition."""
    old, new = _entry(index, before), _entry(index, after)
    if old == new:
        return {}
    units: dict[str, int] = {}
    for entry in (old, new):
        if entry:
            partition = entry[f"{index}PK"]["S"]
            units[partition] = units.get(partition, 0) + -(-item_bytes(entry) // KB)
    return units


def query_units(items: Iterable[Attributes], *, consistent: bool) -> float:
    """The units of a query that evaluated these items: their sizes are added, then rounded up."""
    return _read_units(sum(item_bytes(item) for item in items), consistent=consistent)


def get_units(items: Iterable[Attributes | None], *, consistent: bool) -> float:
    """The units of reading items by their keys: each size is rounded up; an absent item costs one.

    The same for one item and for a batch.
    """
    return sum(_read_units(item_bytes(item or {}), consistent=consistent) for item in items)


def _read_units(size: int, *, consistent: bool) -> float:
    blocks = max(1, -(-size // READ_BYTES))
    return blocks if consistent else blocks / 2


def _entry(index: str, item: Attributes | None) -> Attributes | None:
    """The entry of an item in an index of keys; None if the item lacks a key of it."""
    keys = (f"{index}PK", f"{index}SK")
    if item is None or any(key not in item for key in keys):
        return None
    return {name: item[name] for name in ("PK", "SK", *keys)}


def _value_bytes(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return _text_bytes(content)
        case "B":
            return len(content)
        case "N":
            return _number_bytes(content)
        case "M":
            members = sum(_text_bytes(name) + _value_bytes(part) for name, part in content.items())
            return CONTAINER_BYTES + members + ELEMENT_BYTES * len(content)
        case "L":
            elements = sum(_value_bytes(part) for part in content)
            return CONTAINER_BYTES + elements + ELEMENT_BYTES * len(content)
        case "BOOL" | "NULL":
            return 1
    raise TypeError(f"the table does not store {kind}")


def _number_bytes(number: str) -> int:
    """One byte, and one for each two significant digits."""
    digits = number.lstrip("-").strip("0").replace(".", "")
    return 1 + -(-len(digits) // 2)


def _text_bytes(text: str) -> int:
    return len(text.encode())
