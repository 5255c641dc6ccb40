"""Convert Python values to DynamoDB's attribute values, and back.

The table contains text, bytes, integers, booleans, nulls, lists and maps. There are no fractions,
so no number is rounded and `Decimal` is not needed.
"""

from collections.abc import Mapping
from typing import Any

type Item = dict[str, Any]


def to_attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    """An item, a key, or an expression's values. Raises `TypeError` for an unsupported type."""
    return {name: _attribute(value) for name, value in values.items()}


def from_attributes(item: Mapping[str, Any]) -> Item:
    """The inverse of `to_attributes`; lists stay lists, and numbers are integers."""
    return {name: _value(value) for name, value in item.items()}


def _attribute(value: Any) -> dict[str, Any]:
    match value:
        case None | bool():
            return {"NULL": True} if value is None else {"BOOL": value}
        case str():
            return {"S": str(value)}
        case bytes():
            return {"B": value}
        case int():
            return {"N": str(value)}
        case Mapping():
            return {"M": to_attributes(value)}
        case list() | tuple():
            return {"L": [_attribute(item) for item in value]}
    raise TypeError(f"the table does not store {type(value).__name__}")


def _value(attribute: Mapping[str, Any]) -> Any:
    ((kind, value),) = attribute.items()
    match kind:
        case "N":
            return int(value)
        case "M":
            return from_attributes(value)
        case "L":
            return [_value(item) for item in value]
        case "NULL":
            return None
        case _:
            return value
