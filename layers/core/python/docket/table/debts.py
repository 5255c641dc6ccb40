"""Debts that are due: the keys of the items that owe something, by the index.

The index holds keys only and may lag: `reserve` decides on the item itself.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from docket.domain.debt import DebtClass, Due
from docket.table import client, keys
from docket.table.attributes import Item
from docket.table.client import ConditionFailed, Update
from docket.table.keys import Key


@dataclass(frozen=True, kw_only=True)
class DueKey:
    """An item that is due, and the due key it was seen with."""

    key: Key
    partition: str
    due_key: str

    @property
    def since(self) -> datetime:
        return keys.due_since(self.due_key)


def due(debt_class: DebtClass, shard: int, *, by: datetime, limit: int) -> list[DueKey]:
    """At most `limit` items of a class and shard that are due by then, the longest due first."""
    items = client.query(
        partition=keys.debt_partition(debt_class, shard),
        index=keys.BY_DUE,
        up_to=keys.due_up_to(by),
        limit=limit,
    )
    return [
        DueKey(
            key={"PK": item["PK"], "SK": item["SK"]},
            partition=item["GSI2PK"],
            due_key=item["GSI2SK"],
        )
        for item in islice(items, limit)
    ]


def reserve(seen: DueKey, *, until: datetime) -> tuple[Item, DueKey] | None:
    """Move a debt to `until`, after which it is due again if it is not settled.

    Returns the item and its new due key, or None if the debt was settled, moved, or reserved by
    another worker. After a lost reply the due key is `until`.
    """
    moved = _moved(seen, until)
    try:
        item = client.update(moved)
    except ConditionFailed as failed:
        item = failed.stored_item or {}
        if item.get("GSI2SK") != moved.set["GSI2SK",]:
            return None
    return item, DueKey(key=seen.key, partition=item["GSI2PK"], due_key=item["GSI2SK"])


def postpone(reserved: DueKey, *, until: datetime) -> None:
    """Set a later check of a debt that could not be settled. Does nothing if it was moved."""
    try:
        client.update(_moved(reserved, until))
    except ConditionFailed:
        return


def reschedule(reserved: DueKey, due: Due | None) -> None:
    """Set the next check from the state of an item that was found unchanged; None settles it."""
    if due:
        postpone(reserved, until=due.at)
        return
    change = Update(
        key=reserved.key,
        condition="#GSI2SK = :seen",
        values={"seen": reserved.due_key},
        remove=[("GSI2PK",), ("GSI2SK",)],
    )
    try:
        client.update(change)
    except ConditionFailed:
        return


def _moved(seen: DueKey, until: datetime) -> Update:
    return Update(
        key=seen.key,
        condition="#GSI2SK = :seen",
        values={"seen": seen.due_key},
        set={("GSI2SK",): keys.due_key(until, seen.key)},
    )
