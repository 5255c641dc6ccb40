"""The tasks of an order: debts without an item of their own, one item for each."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.task import Task
from docket.table import client, keys
from docket.table.client import Check, ConditionFailed, Delete, Put
from docket.table.items import codec
from docket.table.items.attributes import Item

_UNCHANGED = "#created_at = :created_at"


def put(task: Task, *, at: datetime) -> Put:
    """The write that requests a task, for the transaction that causes it.

    An unfinished task of that kind and subject is replaced: its work is the same.
    """
    return Put(item=to_item(task, at=at), condition=None)


def request(task: Task) -> None:
    """Request a task on its own, without a write that causes it. Idempotent."""
    client.write(put(task, at=task.created_at))


def get(order_id: str, kind: str, subject: str) -> Task | None:
    """A task that is owed; None if it is done, or was never requested."""
    item = client.get(keys.task(order_id, kind, subject))
    return from_item(item) if item else None


def unchanged(task: Task) -> Check:
    """The condition of its work: the task was neither requested again nor finished meanwhile."""
    return Check(key=_key(task), condition=_UNCHANGED, values=_created_at(task))


def finish(task: Task) -> None:
    """Delete a task whose work is done. A task that was requested again stays. Idempotent."""
    try:
        client.write(Delete(key=_key(task), condition=_UNCHANGED, values=_created_at(task)))
    except ConditionFailed:
        return


def _created_at(task: Task) -> Item:
    return {"created_at": codec.to_item(task)["created_at"]}


def to_item(task: Task, *, at: datetime) -> Item:
    """The item with the index keys of its debt at that time."""
    key = _key(task)
    return {**key, **keys.debt(due(task, at), task.order_id, key), **codec.to_item(task)}


def from_item(item: Item) -> Task:
    return codec.from_item(Task, item)


def _key(task: Task) -> keys.Key:
    return keys.task(task.order_id, task.kind, task.subject)
