"""Where people are signed in. A session counts while its item is there and its time is not up.

The table's own sweep may take days to remove what is past its `ttl`, so every question asks for it.
"""

from datetime import datetime

from docket.domain.user import Caller, Session
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.times import stamp


def put(session: Session) -> Put:
    """The write that opens it."""
    return Put(
        item={
            **keys.session(session.user_id, session.id),
            "id": session.id,
            "refresh_hash": session.refresh_hash,
            "created_at": stamp(session.created_at),
            "used_at": stamp(session.created_at),
            "network_address": session.device.address,
            "user_agent": session.device.agent,
            "ttl": int(session.expires_at.timestamp()),
        }
    )


def is_open(caller: Caller, *, at: datetime) -> bool:
    """Whether this session still counts, at this very moment."""
    found = client.get(keys.session(caller.user_id, caller.session_id))
    return found is not None and bool(found["ttl"] > at.timestamp())


def rotate(caller: Caller, *, old: str, new: str, at: datetime, until: datetime) -> bool:
    """Put the hash of the new refresh token in the place of the old one's, and stay on till then.

    Whether the old one was good. One of this session that is not the current one was used already:
    it is in two hands, nobody can tell whose are the owner's, and the session ends for both.
    """
    key = keys.session(caller.user_id, caller.session_id)
    try:
        client.update(
            Update(
                key=key,
                condition="#refresh_hash = :old AND #ttl > :now",
                set={
                    ("refresh_hash",): new,
                    ("used_at",): stamp(at),
                    ("ttl",): int(until.timestamp()),
                },
                values={"old": old, "now": int(at.timestamp())},
            )
        )
    except ConditionFailed as refused:
        if refused.found:
            end(caller)
        return False
    return True


def end(caller: Caller) -> None:
    """It stops counting now. That it has ended already is no error."""
    try:
        client.write(Delete(key=keys.session(caller.user_id, caller.session_id)))
    except ConditionFailed:
        return
