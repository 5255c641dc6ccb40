"""Login sessions. A session is open while its item exists and its `ttl` has not passed.

DynamoDB may take days to delete expired items, so every query checks `ttl`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain.user import REFRESH_GRACE, Caller, Session
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.times import from_iso, to_iso


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """The refresh state of an open session: the hash of the valid token, and when it was set."""

    refresh_hash: str
    age: timedelta

    @property
    def in_grace(self) -> bool:
        """Whether the previous token may still return its successor, for a repeated request."""
        return self.age <= REFRESH_GRACE


def put(session: Session) -> Put:
    """The write that opens a session."""
    return Put(
        item={
            **keys.session(session.user_id, session.id),
            "id": session.id,
            "refresh_hash": session.refresh_hash,
            "created_at": to_iso(session.created_at),
            "used_at": to_iso(session.created_at),
            "network_address": session.device.address,
            "user_agent": session.device.agent,
            "ttl": int(session.expires_at.timestamp()),
        }
    )


def is_open(caller: Caller, *, at: datetime) -> bool:
    """Whether the session is open at that time."""
    stored_item = client.get(keys.session(caller.user_id, caller.session_id))
    return stored_item is not None and bool(stored_item["ttl"] > at.timestamp())


def rotate(caller: Caller, *, old: str, new: str, at: datetime, until: datetime) -> Rotation | None:
    """Replace the hash of the refresh token and extend the session until `until`.

    Returns the session's refresh state: with `new`, or, if `old` is not the current hash, with the
    hash that an earlier refresh stored. None if there is no such session or it has expired.
    """
    now = int(at.timestamp())
    try:
        client.update(
            Update(
                key=keys.session(caller.user_id, caller.session_id),
                condition="#refresh_hash = :old AND #ttl > :now",
                set={
                    ("refresh_hash",): new,
                    ("used_at",): to_iso(at),
                    ("ttl",): int(until.timestamp()),
                },
                values={"old": old, "now": now},
            )
        )
    except ConditionFailed as refused:
        stored_item = refused.stored_item
        if stored_item is None or stored_item["ttl"] <= now:
            return None
        return Rotation(
            refresh_hash=stored_item["refresh_hash"], age=at - from_iso(stored_item["used_at"])
        )
    return Rotation(refresh_hash=new, age=timedelta())


def end(caller: Caller) -> None:
    """End the session. Idempotent."""
    try:
        client.write(Delete(key=keys.session(caller.user_id, caller.session_id)))
    except ConditionFailed:
        return
