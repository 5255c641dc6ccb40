"""Where people are signed in. A session counts while its item is there and its time is not up.

The table's own sweep may take days to remove what is past its `ttl`, so every question asks for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain.user import REFRESH_GRACE, Caller, Session
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.times import from_iso, to_iso


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """What an open session stands at: the hash of the token that is good now, and since when."""

    refresh_hash: str
    age: timedelta

    @property
    def in_grace(self) -> bool:
        """Whether the token before it may still be asked about, by a request that was repeated."""
        return self.age <= REFRESH_GRACE


def put(session: Session) -> Put:
    """The write that opens it."""
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
    """Whether this session still counts, at this very moment."""
    found = client.get(keys.session(caller.user_id, caller.session_id))
    return found is not None and bool(found["ttl"] > at.timestamp())


def rotate(caller: Caller, *, old: str, new: str, at: datetime, until: datetime) -> Rotation | None:
    """Put the hash of the new refresh token in the place of the old one's, and stay on till then.

    What the session stands at now: at `new`, or, if `old` was not the current hash, at whatever an
    earlier refresh put there. None: there is no such session, or its time is up.
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
        found = refused.found
        if found is None or found["ttl"] <= now:
            return None
        return Rotation(refresh_hash=found["refresh_hash"], age=at - from_iso(found["used_at"]))
    return Rotation(refresh_hash=new, age=timedelta())


def end(caller: Caller) -> None:
    """It stops counting now. That it has ended already is no error."""
    try:
        client.write(Delete(key=keys.session(caller.user_id, caller.session_id)))
    except ConditionFailed:
        return
