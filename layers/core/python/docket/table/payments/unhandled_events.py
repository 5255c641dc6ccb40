"""Events of Stripe that were listed and could not be handled, one item for each."""

from datetime import datetime

from docket.domain.debt import due
from docket.domain.task import UnhandledEvent
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put
from docket.table.items import codec
from docket.table.items.attributes import Item


def owe(event: UnhandledEvent, *, at: datetime) -> None:
    """Owe the handling of an event. Idempotent: an earlier failure of it stays recorded."""
    try:
        client.write(Put(item=to_item(event, at=at)))
    except ConditionFailed:
        return


def finish(event: UnhandledEvent) -> None:
    """Delete an event that was handled. Idempotent."""
    try:
        client.write(Delete(key=keys.unhandled_event(event.event_id)))
    except ConditionFailed:
        return


def to_item(event: UnhandledEvent, *, at: datetime) -> Item:
    """The item with the index keys of its debt at that time."""
    key = keys.unhandled_event(event.event_id)
    return {**key, **keys.debt(due(event, at), event.event_id, key), **codec.to_item(event)}


def from_item(item: Item) -> UnhandledEvent:
    return codec.from_item(UnhandledEvent, item)
