"""Exports of accounts: the latest of each customer."""

from datetime import datetime

from docket.domain.accounts.export import RETENTION, Export, ExportState
from docket.domain.accounts.mail import Mail
from docket.domain.debt import due
from docket.domain.errors import ConcurrentChange
from docket.table import client, keys
from docket.table.accounts import mails
from docket.table.client import ConditionFailed, Put, Write
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso


def find(user_id: str, *, at: datetime) -> Export | None:
    """The latest export of a customer, until `RETENTION` after it has expired.

    None after that, or if none was requested.
    """
    item = client.get(keys.export(user_id))
    if item is None or item["ttl"] <= int(at.timestamp()):
        return None
    return from_item(item)


def request(export: Export, *conditions: Write) -> Export:
    """Put a new export, unless one is being made or was requested lately. Returns what is stored.

    Idempotent by the id of the export. Raises `ConcurrentChange` if a condition does not hold.
    """
    at = export.requested_at
    try:
        client.write(
            Put(
                item=to_item(export, at=at),
                condition=(
                    "attribute_not_exists(PK) OR #ttl <= :now OR #state = :failed"
                    " OR (#state = :ready AND #requested_at <= :before)"
                ),
                values={
                    "now": int(at.timestamp()),
                    "failed": ExportState.FAILED,
                    "ready": ExportState.READY,
                    "before": to_iso(at - (export.next_request_at - export.requested_at)),
                },
            ),
            *conditions,
        )
    except ConditionFailed as refused:
        if refused.part:
            raise ConcurrentChange from None
        if refused.stored_item is None:
            raise
        return from_item(refused.stored_item)
    return export


def record(old: Export, new: Export, *, at: datetime, mail: Mail | None = None) -> bool:
    """Replace an export that is being made by its next state, and owe a mail with it.

    Returns False if another worker has gone on with it, or the customer has requested another; True
    again for the same state.
    """
    put = Put(
        item=to_item(new, at=at),
        condition=(
            "#id = :id AND #state = :making AND "
            + ("#after = :after" if old.after else "attribute_not_exists(#after)")
        ),
        values={
            "id": old.id,
            "making": ExportState.MAKING,
            **({"after": old.after} if old.after else {}),
        },
    )
    try:
        client.write(put, *([mails.put(mail)] if mail else []))
    except ConditionFailed as refused:
        stored = refused.stored_item
        return stored is not None and "state" in stored and from_item(stored) == new
    return True


def to_item(export: Export, *, at: datetime) -> Item:
    """The item with the index keys of its debt at that time, and when DynamoDB may delete it."""
    key = keys.export(export.user_id)
    return {
        **key,
        **keys.debt(due(export, at), export.user_id, key),
        **codec.to_item(export),
        "ttl": int((export.expires_at + RETENTION).timestamp()),
    }


def from_item(item: Item) -> Export:
    return codec.from_item(Export, item)
