"""Attribute values as DynamoDB holds them: normalised, measured, compared.

An attribute is a map with one member, its type: `{"S": "text"}`, `{"N": "12"}`. Stored items are
never changed in place, so they are shared between the table, its indexes and replies.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

type Attribute = dict[str, Any]
type Item = dict[str, Attribute]

MAX_ITEM_BYTES = 400 * 1024
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,37}")
_MAX_DIGITS = 38
_SETS = {"SS": "string", "NS": "number", "BS": "binary"}


class Invalid(Exception):
    """A `ValidationException`; the text is its message."""


def stored_item(item: Mapping[str, Any]) -> tuple[Item, int]:
    """A normalised copy of an item, and its size in bytes. Raises `Invalid`."""
    size = 0
    copy: Item = {}
    for name, attribute in item.items():
        copy[name], attribute_bytes = _stored(attribute)
        size += len(name.encode()) + attribute_bytes
    return copy, size


def stored_values(values: Mapping[str, Any]) -> Item:
    """Normalised copies of an expression's values. Raises `Invalid`."""
    return {name: _stored(attribute)[0] for name, attribute in values.items()}


def size_of(item: Mapping[str, Any]) -> int:
    """The size of an item in bytes."""
    return stored_item(item)[1]


def _stored(attribute: Mapping[str, Any]) -> tuple[Attribute, int]:
    ((kind, value),) = attribute.items()
    match kind:
        case "S":
            stored, size = value, len(value) if value.isascii() else len(value.encode())
        case "N":
            stored = canonical_number(value)
            size = len(stored) // 2 + 1
        case "BOOL" | "NULL":
            stored, size = value, 1
        case "M":
            stored, size = stored_item(value)
            size += 3 + len(stored)
        case "L":
            members = [_stored(member) for member in value]
            stored = [member for member, _ in members]
            size = 3 + sum(1 + member_bytes for _, member_bytes in members)
        case "B":
            stored, size = bytes(value), len(value)
        case _:
            return _stored_set(kind, value)
    return {kind: stored}, size


def _stored_set(kind: str, value: Any) -> tuple[Attribute, int]:
    if kind not in _SETS:
        raise Invalid("Supplied AttributeValue is empty, must contain exactly one of the types")
    if not value:
        raise Invalid(
            f"One or more parameter values were invalid: An {_SETS[kind]} set  may not be empty"
        )
    members = [canonical_number(member) for member in value] if kind == "NS" else list(value)
    if len(set(members)) != len(members):
        raise Invalid(
            "One or more parameter values were invalid: Input collection contains duplicates"
        )
    return {kind: sorted(members)}, sum(len(member) for member in members)


def canonical_number(text: str) -> str:
    """The number as DynamoDB returns it: no leading or trailing zeros. Raises `Invalid`."""
    if _CANONICAL_INTEGER.fullmatch(text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid("The parameter cannot be converted to a numeric value: " + text) from None
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > _MAX_DIGITS:
        raise Invalid("Attempting to store more than 38 significant digits in a Number")
    return f"{number.normalize():f}" if number else "0"


def are_equal(left: Attribute | None, right: Attribute | None) -> bool:
    """Whether both are there and equal; values are normalised, so equal values are equal maps."""
    return left is not None and left == right


def order(left: Attribute | None, right: Attribute | None) -> int | None:
    """Negative, zero or positive; None if one is absent or the two cannot be compared."""
    if left is None or right is None:
        return None
    ((kind, first),) = left.items()
    if kind not in {"S", "N", "B"} or kind not in right:
        return None
    second = right[kind]
    if kind == "N":
        first, second = Decimal(first), Decimal(second)
    return int(first > second) - int(first < second)


def has_begin(attribute: Attribute | None, prefix: Attribute | None) -> bool:
    """`begins_with`: of texts and of bytes."""
    if attribute is None or prefix is None:
        return False
    ((kind, value),) = attribute.items()
    return kind in {"S", "B"} and kind in prefix and value.startswith(prefix[kind])


def has_member(attribute: Attribute | None, member: Attribute | None) -> bool:
    """`contains`: a part of a text or of bytes, or a member of a set or list."""
    if attribute is None or member is None:
        return False
    ((kind, value),) = attribute.items()
    if kind in {"S", "B"}:
        return kind in member and member[kind] in value
    if kind == "L":
        return member in value
    return kind in _SETS and kind[0] in member and member[kind[0]] in value


def length(attribute: Attribute | None) -> Attribute | None:
    """`size`: characters, bytes or members; None for other types."""
    if attribute is None:
        return None
    ((kind, value),) = attribute.items()
    return {"N": str(len(value))} if kind in {"S", "B", "L", "M", "SS", "NS", "BS"} else None
