"""Debts that are due: the keys of the items that owe something, by the index.

The index holds keys only and may lag: `reserve` decides on the item itself.

A debt that could not be settled counts its failures, with the due key that the last one set. Any
other change of the due key is progress, after which failures are counted anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from docket.domain.debt import DebtClass, Due
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update
from docket.table.items.attributes import Item
from docket.table.keys import Key


@dataclass(frozen=True, kw_only=True)
class DueKey:
    """An item that is due, and the due key it was seen with."""

    key: Key
    due_key: str

    @property
    def since(self) -> datetime:
        """The time at which it was due."""
        return keys.due_since(self.due_key)


@dataclass(frozen=True, kw_only=True)
class Claim(DueKey):
    """A claimed debt: its new due key, its item, and how often in a row it could not be settled."""

    item: Item
    failures: int

    @property
    def debt_class(self) -> DebtClass:
        """Its class, by the item as it was claimed."""
        return DebtClass(keys.debt_class(self.item[keys.DEBT_PARTITION]))


def due(debt_class: DebtClass, shard: int, *, by: datetime, limit: int) -> list[DueKey]:
    """At most `limit` items of a class and shard that are due by then, the longest due first."""
    items = client.query(
        partition=keys.debt_partition(debt_class, shard),
        index=keys.BY_DUE,
        up_to=keys.due_up_to(by),
        limit=limit,
    )
    return [
        DueKey(key={"PK": item["PK"], "SK": item["SK"]}, due_key=item[keys.DUE])
        for item in islice(items, limit)
    ]


def unclaimed(key: Key, *, now: datetime) -> DueKey | None:
    """The debt of an item that is due, or waits after a failure; None if a worker may have it."""
    item = client.get(key) or {}
    if keys.DUE not in item:
        return None
    debt = DueKey(key=key, due_key=item[keys.DUE])
    waits = item.get("failures", {}).get("due_key") == debt.due_key
    return debt if waits or debt.since <= now else None


def reserve(seen: DueKey, *, until: datetime, name: str | None = None) -> Claim | None:
    """Move a debt to `until`, after which it is due again if it is not settled.

    Returns None if the debt was settled, moved, or reserved by another worker, also by one that
    does so at the same time: the due key of a claim ends with its `name`, which is new in each call
    if it is not given. It tells the claim after a lost reply.
    """
    moved = _moved(seen, until, claim=name or new_id())
    try:
        item = client.update(moved)
    except ConditionFailed as failed:
        item = failed.stored_item or {}
        if item.get(keys.DUE) != moved.set[keys.DUE,]:
            return None
    failed_before: Mapping[str, Any] = item.get("failures", {})
    in_a_row = failed_before.get("due_key") == seen.due_key
    return Claim(
        key=seen.key,
        due_key=item[keys.DUE],
        item=item,
        failures=failed_before["count"] if in_a_row else 0,
    )


def postpone(claim: Claim, *, until: datetime) -> None:
    """Set the next try of a debt that could not be settled. Does nothing if it was moved."""
    failures = {"count": claim.failures + 1, "due_key": keys.due_key(until, claim.key)}
    _update(_moved(claim, until, failures=failures))


def reschedule(claim: Claim, due: Due | None) -> None:
    """Set the next check of a debt that is still owed; None settles it.

    Does nothing if it was moved or settled, as it was by any transition of the item.
    """
    if due:
        _update(_moved(claim, due.at))
        return
    _update(
        Update(
            key=claim.key,
            condition="#GSI2SK = :seen",
            values={"seen": claim.due_key},
            remove=[(keys.DEBT_PARTITION,), (keys.DUE,)],
        )
    )


def _update(change: Update) -> None:
    try:
        client.update(change)
    except ConditionFailed:
        return


def _moved(
    seen: DueKey,
    until: datetime,
    *,
    failures: Mapping[str, Any] | None = None,
    claim: str | None = None,
) -> Update:
    due_key = keys.due_key(until, seen.key)
    return Update(
        key=seen.key,
        condition="#GSI2SK = :seen",
        values={"seen": seen.due_key},
        set={
            (keys.DUE,): f"{due_key}#{claim}" if claim else due_key,
            **({("failures",): failures} if failures else {}),
        },
    )
