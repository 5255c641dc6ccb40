"""What a customer uses of the limits: one item, because a transaction changes an item only once.

Every change of it is part of the transaction of the order or the document that causes it.
"""

from collections.abc import Collection

from docket.domain.limits import CustomerLimits, Usage
from docket.table import client, keys
from docket.table.client import Update
from docket.table.items.attributes import Item

_COUNTERS = ("unpaid_orders", "unpaid_pages")


def get(user_id: str) -> Usage:
    """What the customer uses; zeros if nothing is stored."""
    return from_item(client.get(keys.usage(user_id)))


def update_write(
    user_id: str,
    old: Usage,
    new: Usage,
    *,
    limited: bool = False,
    limits: CustomerLimits | None = None,
) -> Update | None:
    """The write of a change; None if nothing changes.

    It is refused if the customer's other writes have changed what is limited since `old`: the
    readings in flight, if one starts; the counted documents; the sample order, of which there is
    one; with `limited`, the unpaid orders too.
    With `limits`, no reading starts for which there are too many unpaid pages. The end of readings
    is never refused.
    """
    started, released = new.in_flight - old.in_flight, old.in_flight - new.in_flight
    added: dict[tuple[str, ...], int] = {
        (name,): getattr(new, name) - getattr(old, name)
        for name in _COUNTERS
        if getattr(new, name) != getattr(old, name)
    }
    assigned: dict[tuple[str, ...], object] = {}
    conditions: list[str] = []
    values: dict[str, object] = {}

    def unchanged(name: str, value: object) -> None:
        same = f"#{name} = :old_{name}"
        conditions.append(same if value else f"(attribute_not_exists(#{name}) OR {same})")
        values[f"old_{name}"] = value

    if started:
        unchanged("in_flight", _in_flight(old))
        assigned["in_flight",] = _in_flight(new)
        if limits:
            conditions.append("(attribute_not_exists(#unpaid_pages) OR #unpaid_pages < :bound)")
            added_pages = new.unpaid_pages - old.unpaid_pages
            values["bound"] = new.pages_bound(limits) - added_pages
    if (new.day, new.documents_added) != (old.day, old.documents_added):
        unchanged("documents_added", old.documents_added)
        unchanged("day", old.day)
        assigned |= {("day",): new.day, ("documents_added",): new.documents_added}
    if limited:
        unchanged("unpaid_orders", old.unpaid_orders)
    if new.sample_order_id != old.sample_order_id:
        unchanged("sample_order_id", old.sample_order_id or "")
        assigned["sample_order_id",] = new.sample_order_id
    if not (added or assigned or released):
        return None
    return Update(
        key=keys.usage(user_id),
        condition=" AND ".join(conditions) or "attribute_exists(PK)",
        values=values,
        set=assigned,
        add=added,
        remove=[] if started else [("in_flight", job) for job in sorted(released)],
    )


def release(user_id: str, ended: Collection[str]) -> None:
    """Release what these readings, which have ended, still hold, with their parts. Idempotent.

    The items that an ending reading is decided on are not read at one moment: a slot that is taken
    meanwhile may be missing. The result that it leads to releases it.
    """
    used = get(user_id)
    slots = [name for name in used.in_flight if any(_is_of(name, reading) for reading in ended)]
    if change := update_write(user_id, used, used.with_readings(ended=slots)):
        client.write(change)


def _is_of(name: str, reading: str) -> bool:
    return name == reading or name.startswith(f"{reading}/")


def from_item(item: Item | None) -> Usage:
    """What an item says; zeros where it is None or has no such attribute."""
    stored = item or {}
    return Usage(
        unpaid_orders=stored.get("unpaid_orders", 0),
        unpaid_pages=stored.get("unpaid_pages", 0),
        day=stored.get("day", ""),
        documents_added=stored.get("documents_added", 0),
        in_flight=frozenset(stored.get("in_flight", {})),
        sample_order_id=stored.get("sample_order_id"),
    )


def _in_flight(usage: Usage) -> Item:
    return dict.fromkeys(sorted(usage.in_flight), True)
