"""The writes of the table, as plain values, and what a refused one raises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docket.table.items.attributes import Item
from docket.table.keys import Key

INSERT = "attribute_not_exists(PK)"


class ConditionFailed(Exception):
    """The conditions of some parts of a write failed. `part` is the index of the first one.

    `refused` maps the index of each of these parts to the stored item; `stored_item` is that of the
    first one. The items are attributes only: neither the text nor the arguments contain them, and
    the exception has no cause or context, because botocore's error contains items too. So no log
    can show them.
    """

    def __init__(self, refused: Mapping[int, Item | None]) -> None:
        self.part = min(refused)
        super().__init__(f"the condition of part {self.part} of a write failed")
        self.refused = dict(refused)
        self.stored_item = self.refused[self.part]


@dataclass(frozen=True, kw_only=True)
class Put:
    """Put `item`; by default only if there is no item with its key.

    An item that is put under that condition contains a unique id, by which a repeated transaction
    recognises it.
    """

    item: Item
    condition: str | None = INSERT
    values: Mapping[str, Any] = field(default_factory=dict)
    mark: str | None = None
    """As that of an update."""

    def is_applied(self, stored_item: Item | None) -> bool:
        """Whether the item by which it was refused has its mark."""
        return _has_mark(stored_item, self.mark, self.item)


@dataclass(frozen=True, kw_only=True)
class Update:
    """Update the item at `key` if `condition` holds.

    Paths are tuples of attribute names, which are passed as placeholders, so that reserved words
    are allowed. In `condition`, `#name` is the attribute of that name, and `:name` a value of
    `values`; `names` maps further `#name` to names that are data.
    """

    key: Key
    condition: str
    set: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    remove: Sequence[tuple[str, ...]] = ()
    add: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    set_if_absent: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    """Assigned only to attributes that are absent."""
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    mark: str | None = None
    """An attribute that it sets to an id of its own. Refused by an item with that id, it has been
    applied before, with the rest of its transaction."""

    def is_applied(self, stored_item: Item | None) -> bool:
        """Whether the item by which it was refused has its mark."""
        return _has_mark(
            stored_item, self.mark, {name: value for (name, *_), value in self.set.items()}
        )


@dataclass(frozen=True, kw_only=True)
class Delete:
    """Delete the item at `key`; by default only if there is one."""

    key: Key
    condition: str | None = "attribute_exists(PK)"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Check:
    """A condition of a transaction on an item that it does not change."""

    key: Key
    condition: str
    values: Mapping[str, Any] = field(default_factory=dict)


type Write = Put | Update | Delete | Check


def _has_mark(stored_item: Item | None, mark: str | None, written: Mapping[str, Any]) -> bool:
    return mark is not None and stored_item is not None and stored_item.get(mark) == written[mark]
