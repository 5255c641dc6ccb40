"""Stripe's events, by whose ids an event has its effect once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from docket.table import client, keys
from docket.table.client import ConditionFailed, Put, Write
from docket.table.items.times import to_iso

LIFETIME = timedelta(days=35)
"""Longer than Stripe resends an event (3 days) and lists it for manual resending (30 days)."""


def write_once(writes: Sequence[Write], stripe_event: str | None, *, at: datetime) -> bool:
    """Execute `writes` once for a Stripe event. Returns False if the event had its effect before.

    Raises `ConditionFailed` for the other parts. The event is the last part.
    """
    if stripe_event is None:
        client.write(*writes)
        return True
    try:
        client.write(*writes, _put(stripe_event, at))
    except ConditionFailed as failed:
        if len(writes) not in failed.refused:
            raise
        return False
    return True


def recorded(event_ids: Sequence[str]) -> set[str]:
    """Those of these events (at most 100) that were handled, in one call."""
    items = client.batch_get([keys.stripe_event(event_id) for event_id in event_ids])
    return {event_id for event_id, item in zip(event_ids, items, strict=True) if item}


def note(event_ids: Sequence[str], *, at: datetime) -> None:
    """Record that events (at most 100) were looked at and have no effect now. Idempotent.

    A note does not replace an effect, and does not prevent one: if Stripe delivers the event again,
    it is handled as if it were new.
    """
    left = list(event_ids)
    while left:
        try:
            client.write(*(_put_note(event_id, at) for event_id in left))
        except ConditionFailed as failed:
            left = [event_id for place, event_id in enumerate(left) if place not in failed.refused]
        else:
            return


def _put_note(stripe_event: str, at: datetime) -> Put:
    put = _put(stripe_event, at)
    return replace(put, item={**put.item, "is_note": True})


def _put(stripe_event: str, at: datetime) -> Put:
    """An expired item counts as absent: DynamoDB may take days to delete it."""
    return Put(
        item={
            **keys.stripe_event(stripe_event),
            "at": to_iso(at),
            "ttl": int((at + LIFETIME).timestamp()),
        },
        condition="attribute_not_exists(PK) OR #ttl <= :now OR #is_note = :is_note",
        values={"now": int(at.timestamp()), "is_note": True},
    )
