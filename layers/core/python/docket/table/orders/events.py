"""The audit events of an order: written with each change, never updated."""

from typing import Any

from docket.domain.event import Event
from docket.table import client, keys
from docket.table.items.times import from_iso, to_iso


def event_write(order_id: str, event: Event) -> client.Put:
    """The write of an audit event, for the transaction of the change that it records."""
    fields = {
        "id": event.id,
        "at": to_iso(event.at),
        "actor": event.actor,
        "what": event.name,
        "from_status": event.from_status,
        "to_status": event.to_status,
        "facts": event.facts or None,
    }
    stored = {name: value for name, value in fields.items() if value is not None}
    return client.Put(item={**keys.event(order_id, event.id), **stored})


def of_order(order_id: str) -> list[Event]:
    """All events of the order, oldest first."""
    items = client.query(partition=keys.order_partition(order_id), prefix=keys.EVENTS)
    return [_from_item(item) for item in items]


def _from_item(item: dict[str, Any]) -> Event:
    return Event(
        id=item["id"],
        at=from_iso(item["at"]),
        actor=item["actor"],
        name=item["what"],
        from_status=item.get("from_status"),
        to_status=item.get("to_status"),
        facts=item.get("facts", {}),
    )
