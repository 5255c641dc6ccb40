"""The erasures of removed documents, one item for each document until its data is erased.

The transaction that removes a document from its order puts the item. So a removed document either
has an erasure or no stored data.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from docket.table import client, keys
from docket.table.attributes import Item
from docket.table.client import ConditionFailed
from docket.table.times import from_iso, to_iso


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """A removed document whose data may still be stored."""

    user_id: str
    order_id: str
    document_id: str
    removed_at: datetime


def put(erasure: Erasure) -> client.Put:
    """The write that requests an erasure, due at once, for the transaction of the removal."""
    return client.Put(
        item={
            **keys.erasure(erasure.order_id, erasure.document_id),
            **keys.erasure_due(erasure.removed_at, erasure.order_id, erasure.document_id),
            "user_id": erasure.user_id,
            "order_id": erasure.order_id,
            "document_id": erasure.document_id,
            "removed_at": to_iso(erasure.removed_at),
        }
    )


def is_requested(user_id: str, order_id: str, document_id: str) -> bool:
    """Whether the customer removed the document and its erasure is not finished."""
    item = client.get(keys.erasure(order_id, document_id))
    return item is not None and item["user_id"] == user_id


def due(by: datetime, *, limit: int) -> list[Erasure]:
    """The erasures that are due by then, the longest due first."""
    items = client.query(partition=keys.ERASE, index=keys.BY_DUE, up_to=keys.due_up_to(by))
    return [_from_item(item) for item in islice(items, limit)]


def postpone(erasure: Erasure, *, until: datetime) -> None:
    """Set a later due time. Does nothing if the erasure was finished meanwhile."""
    due_key = keys.erasure_due(until, erasure.order_id, erasure.document_id)
    change = client.Update(
        key=keys.erasure(erasure.order_id, erasure.document_id),
        condition="attribute_exists(PK)",
        set={(name,): value for name, value in due_key.items()},
    )
    try:
        client.update(change)
    except ConditionFailed:
        return


def finish(erasure: Erasure) -> None:
    """Delete the erasure, after all data of the document was deleted. Idempotent."""
    _delete(client.Delete(key=keys.erasure(erasure.order_id, erasure.document_id)))


def erase_analysis(erasure: Erasure) -> None:
    """Delete the document's analysis. Idempotent."""
    _delete(client.Delete(key=keys.analysis(erasure.order_id, erasure.document_id)))


def _delete(write: client.Delete) -> None:
    try:
        client.write(write)
    except ConditionFailed:  # it was deleted before
        return


def _from_item(item: Item) -> Erasure:
    return Erasure(
        user_id=item["user_id"],
        order_id=item["order_id"],
        document_id=item["document_id"],
        removed_at=from_iso(item["removed_at"]),
    )
