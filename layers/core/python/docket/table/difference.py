"""A conditional update from the difference of two states of an item.

The domain's transition gives the new state; the condition is that the item still has the state the
transition was made from. So a stale state is never written back: it is refused.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypedDict

from docket.table import keys
from docket.table.items.attributes import Item
from docket.table.writes import Update

_KEYS = frozenset({"PK", "SK"})
_INDEX_KEYS = (keys.STATUS_PARTITION, keys.STATUS_ID, keys.DEBT_PARTITION, keys.DUE)


class Condition(TypedDict, total=False):
    """A further condition of an update, with its values."""

    condition: str
    values: Mapping[str, Any]


def unchanged(old: Item, guard: Collection[str]) -> Condition:
    """The condition that the item still has the values of `old` in these attributes.

    `payment.status` is the member of a map. A map is not compared as a whole, because an earlier
    release has stored it without the members that were added since.
    """
    values = {name: _stored(old, name) for name in guard}
    return {
        "condition": " AND ".join(_same(name, value) for name, value in values.items()),
        "values": {
            _placeholder(name): value for name, value in values.items() if value is not None
        },
    }


def update_write(
    old: Item,
    new: Item,
    *,
    guard: Collection[str],
    counters: Collection[str] = (),
    condition: str = "",
    values: Mapping[str, Any] | None = None,
) -> Update:
    """The update from `old` to `new`, two items of one key.

    `guard` names the attributes that must still have their old values. `counters` are changed by
    the difference, so that concurrent changes of other parts are not lost. Index keys are set or
    removed whatever the old state was, because a worker may have postponed the stored due time.
    `condition`, with `values`, is a further condition.
    """
    names = (old.keys() | new.keys()) - _KEYS - set(_INDEX_KEYS)
    changed_names = [name for name in sorted(names) if old.get(name) != new.get(name)]
    assigned = [name for name in changed_names if name not in counters and name in new]
    same = unchanged(old, guard)
    return Update(
        key={"PK": new["PK"], "SK": new["SK"]},
        condition=" AND ".join(filter(None, [same["condition"], condition])),
        values={**same["values"], **(values or {})},
        set={
            **{(name,): new[name] for name in assigned},
            **{(name,): new[name] for name in _INDEX_KEYS if name in new},
        },
        remove=[
            *((name,) for name in changed_names if name not in new),
            *((name,) for name in _INDEX_KEYS if name not in new),
        ],
        add={(name,): new[name] - old[name] for name in changed_names if name in counters},
    )


def _stored(item: Item, name: str) -> Any:
    """The value of an attribute, or of a member of a map; None if there is none."""
    attribute, _, member = name.partition(".")
    value = item.get(attribute)
    return value.get(member) if member and value is not None else value


def _placeholder(name: str) -> str:
    return f"old_{name.translate({ord('.'): '_'})}"


def _same(name: str, value: Any) -> str:
    path = f"#{name.translate({ord('.'): '.#'})}"
    missing, same = f"attribute_not_exists({path})", f"{path} = :{_placeholder(name)}"
    if value is None:
        return missing
    # An item of an earlier release lacks a field that was added since: 0 and False are its default.
    return f"({missing} OR {same})" if value in (0, False) else same
