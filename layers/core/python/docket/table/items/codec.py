"""Convert the domain's dataclasses to items, and back: fields become attributes.

    datetime               ISO 8601 text in UTC
    enumeration            its value
    dataclass              a map of its fields
    tuple                  a list
    frozenset of numbers   a map from each member to true: members are added one by one

None and empty tuples or mappings are not stored: the field has its default when the item is read. A
field whose empty value must be stored is therefore a set, a number or a text.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from docket.table.items.attributes import Item
from docket.table.items.times import from_iso, to_iso

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


type _Decoder = Callable[[Any], Any]

_DECODERS: dict[type, Mapping[str, _Decoder]] = {}
"""What decodes the fields of each class that has been read."""


def to_item(value: "DataclassInstance", *, without: Collection[str] = ()) -> Item:
    """The attributes of a dataclass, except the fields named by `without`."""
    item: Item = {}
    for field in fields(value):
        attribute = getattr(value, field.name)
        if field.name not in without and attribute is not None and attribute not in ((), {}):
            item[field.name] = _encode(attribute)
    return item


def from_item[T](cls: type[T], item: Mapping[str, Any], **more_fields: Any) -> T:
    """The dataclass whose fields an item contains; `more_fields` are those stored elsewhere.

    Attributes that are not fields, such as keys, are ignored.
    """
    read = {
        name: decode(item[name])
        for name, decode in _decoders(cls).items()
        if name in item and name not in more_fields
    }
    return cls(**read, **more_fields)


def _decoders(cls: type) -> Mapping[str, _Decoder]:
    """What decodes each field. Evaluating the annotations takes longer than reading an item."""
    if cls not in _DECODERS:
        hints = get_type_hints(cls)
        _DECODERS[cls] = {field.name: _decoder(hints[field.name]) for field in fields(cls)}
    return _DECODERS[cls]


def _encode(value: Any) -> Any:
    match value:
        case datetime():
            return to_iso(value)
        case frozenset():
            return {str(member): True for member in sorted(value)}
        case tuple():
            return [_encode(member) for member in value]
        case StrEnum():
            return value
        case _ if is_dataclass(value) and not isinstance(value, type):
            return to_item(value)
    return value


def _decoder(kind: Any) -> _Decoder:
    """What decodes a value of that type."""
    if isinstance(kind, UnionType):
        kind = _without_none(kind)
    if get_origin(kind) is tuple:
        member = _decoder(get_args(kind)[0])
        return lambda value: tuple(member(part) for part in value)
    if get_origin(kind) is frozenset:
        return lambda value: frozenset(int(number) for number in value)
    return _decoder_of_class(kind) if isinstance(kind, type) else _unchanged


def _without_none(kind: UnionType) -> Any:
    """The only type besides None; the union itself if there are several."""
    kinds = [part for part in get_args(kind) if part is not NoneType]
    return kinds[0] if len(kinds) == 1 else kind


def _decoder_of_class(kind: type) -> _Decoder:
    if issubclass(kind, datetime):
        return from_iso
    if issubclass(kind, StrEnum):
        return kind
    return (lambda value: from_item(kind, value)) if is_dataclass(kind) else _unchanged


def _unchanged(value: Any) -> Any:
    return value
