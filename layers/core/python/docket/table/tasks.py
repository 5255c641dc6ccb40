"""The tasks of an order: debts without an item of their own, one item for each."""

from dataclasses import replace
from datetime import datetime

from docket.domain.debt import due
from docket.domain.task import Task
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.client import Check, ConditionFailed, Delete, Put
from docket.table.difference import unchanged as same_values
from docket.table.items import codec
from docket.table.items.attributes import Item

_GUARD = ("created_at", "request_id")


def put(task: Task, *, at: datetime) -> Put:
    """The write that requests a task, for the transaction that causes it.

    An unfinished task of that kind and subject is replaced: its work is the same.
    """
    requested = replace(task, request_id=task.request_id or new_id())
    return Put(item=to_item(requested, at=at), condition=None)


def request(task: Task) -> None:
    """Request a task on its own, without a write that causes it. Idempotent."""
    client.write(put(task, at=task.created_at))


def get(order_id: str, kind: str, subject: str) -> Task | None:
    """A task that is owed; None if it is done, or was never requested."""
    item = client.get(keys.task(order_id, kind, subject))
    return from_item(item) if item else None


def unchanged(task: Task) -> Check:
    """The condition of its work: the task was neither requested again nor finished meanwhile."""
    return Check(key=_key(task), **same_values(codec.to_item(task), _GUARD))


def finish(task: Task) -> None:
    """Delete a task whose work is done. A task that was requested again stays. Idempotent."""
    try:
        client.write(Delete(key=_key(task), **same_values(codec.to_item(task), _GUARD)))
    except ConditionFailed:
        return


def to_item(task: Task, *, at: datetime) -> Item:
    """The item with the index keys of its debt at that time."""
    key = _key(task)
    return {**key, **keys.debt(due(task, at), task.order_id, key), **codec.to_item(task)}


def from_item(item: Item) -> Task:
    return codec.from_item(Task, item)


def _key(task: Task) -> keys.Key:
    return keys.task(task.order_id, task.kind, task.subject)
