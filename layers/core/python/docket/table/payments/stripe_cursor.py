"""The place in Stripe's list of events up to which all of them were handled.

One worker reads the list at a time: it claims the cursor for as long as it may take.
"""

from dataclasses import dataclass
from datetime import datetime

from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update
from docket.table.items.times import to_iso


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """`event_id` is the newest event before which nothing is missing; None before the first."""

    event_id: str | None
    claim: str


def claim(*, at: datetime, until: datetime, name: str | None = None) -> Cursor | None:
    """The cursor, claimed until then; None while another worker has it.

    The `name` of the claim distinguishes two workers that claim it at the same time. Each call has
    a new one if it is not given.
    """
    mine = f"{to_iso(until)}#{name or new_id()}"
    change = Update(
        key=keys.stripe_cursor(),
        condition="attribute_not_exists(#claimed_until) OR #claimed_until <= :now",
        values={"now": f"{to_iso(at)}#~"},
        set={("claimed_until",): mine},
    )
    try:
        item = client.update(change)
    except ConditionFailed as failed:
        item = failed.stored_item or {}
        if item.get("claimed_until") != mine:  # else the reply to this call was lost
            return None
    return Cursor(event_id=item.get("event_id"), claim=mine)


def move(cursor: Cursor, event_id: str) -> Cursor | None:
    """Move a claimed cursor to an event. Idempotent. Returns None if the claim has ended."""
    change = Update(
        key=keys.stripe_cursor(),
        condition="#claimed_until = :claim",
        values={"claim": cursor.claim},
        set={("event_id",): event_id},
    )
    try:
        client.update(change)
    except ConditionFailed:
        return None
    return Cursor(event_id=event_id, claim=cursor.claim)


def release(cursor: Cursor) -> None:
    """End the claim, so that the next worker need not wait for its end. Idempotent."""
    change = Update(
        key=keys.stripe_cursor(),
        condition="#claimed_until = :claim",
        values={"claim": cursor.claim},
        remove=[("claimed_until",)],
    )
    try:
        client.update(change)
    except ConditionFailed:
        return
