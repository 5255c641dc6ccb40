"""Login sessions. A session is open while its item exists, its `ttl` has not passed, it has not
reached its absolute end, and its account admits it.

DynamoDB may take days to delete expired items, so every query checks `ttl`.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice

from docket.domain.accounts.user import Caller, Device, OpenSession, Session
from docket.domain.errors import NotSignedIn
from docket.table import client, keys
from docket.table.accounts import account_access
from docket.table.accounts.pool import pool_leases
from docket.table.accounts.pool.pool_leases import Lease
from docket.table.client import ConditionFailed, Delete, Put, Update, Write
from docket.table.items.attributes import Item
from docket.table.items.times import from_iso, to_iso

MOST_LISTED = 100


def put(session: Session) -> Put:
    """The write that opens a session."""
    return Put(
        item={
            **keys.session(session.user_id, session.id),
            "id": session.id,
            "refresh_hash": session.refresh_hash,
            "created_at": to_iso(session.created_at),
            "used_at": to_iso(session.used_at),
            "verified_at": to_iso(session.verified_at),
            "ends_at": int(session.ends_at.timestamp()),
            "network_address": session.device.address,
            "user_agent": session.device.agent,
            "place": session.device.place,
            "generation": session.generation,
            "replaced": _replaced(session),
            "ttl": int(session.expires_at.timestamp()),
        },
        mark="id",
    )


def find_open(caller: Caller, *, at: datetime) -> Session | None:
    """The session if it is open at that time and its account admits it, else None (one call)."""
    found = find_with_access(caller, at=at)
    return found.session if found else None


def require_open_session(caller: Caller, *, at: datetime) -> OpenSession:
    """The session of a request, looked up again. Raises `NotSignedIn` if it is over.

    The authorizer has looked it up before, perhaps much before. What the session changes needs
    `open_writes` in its transaction, and is decided on what is read after this.
    """
    found = find_with_access(caller, at=at)
    if found is None:
        raise NotSignedIn
    return found


def find_with_access(caller: Caller, *, at: datetime) -> OpenSession | None:
    """As `find_open`, with what decides about all sessions of the account; else None."""
    stored_item, access_item = client.batch_get(
        [
            keys.session(caller.user_id, caller.session_id),
            keys.account_access(caller.user_id),
        ]
    )
    session = _session(stored_item, caller.user_id) if stored_item else None
    if session is None or not session.is_open(at):
        return None
    access = account_access.from_item(access_item)
    return OpenSession(session=session, access=access) if access.admits(session) else None


def is_open(caller: Caller, *, at: datetime) -> bool:
    """Whether the session is open at that time."""
    return find_open(caller, at=at) is not None


def of_user(user_id: str, *, at: datetime) -> list[Session]:
    """The open sessions of a user, the newest first, up to `MOST_LISTED`."""
    access = account_access.find(user_id)
    open_sessions = (
        session for session in every(user_id) if session.is_open(at) and access.admits(session)
    )
    return list(islice(open_sessions, MOST_LISTED))


def every(user_id: str) -> Iterator[Session]:
    """The stored sessions of a user, the newest first, also those that are over."""
    partition = keys.session_partition(user_id)
    items = client.query(partition=partition, between=keys.ULIDS, newest_first=True)
    return (_session(item, user_id) for item in items)


def open_writes(session: OpenSession) -> tuple[Update, Update]:
    """Writes without effect, which fail if the session has ended since it was looked up."""
    return exists_write(session), account_access.unchanged_write(session.user_id, session.access)


def end_others_writes(
    session: OpenSession, *, at: datetime, lease: Lease | None = None
) -> tuple[Update, Update]:
    """The writes that end all sessions but that one, which fail if it has ended meanwhile.

    `lease`: they also fail without it.
    """
    ended = account_access.end_others_write(session, at=at)
    return exists_write(session), pool_leases.held_write(ended, lease)


def end_others(caller: Caller, *, at: datetime) -> None:
    """End all sessions but that of the caller. Idempotent. Raises `NotSignedIn` if it is over."""

    def attempt() -> None:
        client.write(*end_others_writes(require_open_session(caller, at=at), at=at))

    client.decide(attempt)


def exists_write(session: OpenSession) -> Update:
    """A write without effect, which fails if that session was ended by itself."""
    return Update(
        key=keys.session(session.user_id, session.session_id),
        condition="attribute_exists(PK)",
        set={("id",): session.session_id},
    )


def confirm_write(caller: Caller, *, at: datetime) -> Update:
    """The write that records that the customer has proved to be present. It fails if it is over."""
    return Update(
        key=keys.session(caller.user_id, caller.session_id),
        condition="attribute_exists(PK)",
        set={("verified_at",): to_iso(at)},
    )


def rotate(
    session: Session, *, old: str, new: str, at: datetime, until: datetime
) -> Session | None:
    """Replace the hash of the refresh token and extend the session until `until`.

    Returns the session as it is stored then: with `new`, or, if `old` is not the current hash, as
    an earlier refresh has left it. None if there is no such session or it has expired. `session`
    was read before; a hash is never that of a session again, so that while `old` is the current
    one, `session` has the hashes that were replaced before.
    """
    refreshed = session.refreshed(new, at=at, until=until)
    now = int(at.timestamp())
    try:
        client.update(
            Update(
                key=keys.session(session.user_id, session.id),
                condition="#refresh_hash = :old AND #ttl > :now AND #ends_at > :now",
                set={
                    ("refresh_hash",): new,
                    ("replaced",): _replaced(refreshed),
                    ("used_at",): to_iso(at),
                    ("ttl",): int(until.timestamp()),
                },
                values={"old": old, "now": now},
            )
        )
    except ConditionFailed as refused:
        stored_item = refused.stored_item
        stored = _session(stored_item, session.user_id) if stored_item else None
        return stored if stored and stored.is_open(at) else None
    return refreshed


def end_write(caller: Caller) -> Delete:
    """The write that ends the session. It fails if there is none."""
    return Delete(key=keys.session(caller.user_id, caller.session_id))


def end(caller: Caller) -> None:
    """End the session. Idempotent."""
    try:
        client.write(end_write(caller))
    except ConditionFailed:
        return


def revoke(caller: Caller, *also: Write, at: datetime) -> None:
    """End a session that may be in strange hands, with the further writes. Idempotent.

    What sessions of the account have requested, and is not confirmed yet, is void.
    """
    end = end_write(caller)
    try:
        client.write(end, account_access.session_ended_write(caller.user_id, at=at), *also)
    except ConditionFailed as refused:
        if refused.part == 0:
            return
        with suppress(ConditionFailed):  # another request has ended it meanwhile
            client.write(end, *also)  # a later end of a session has voided the requests


def _replaced(session: Session) -> dict[str, str]:
    return {old: to_iso(since) for old, since in session.replaced.items()}


def _session(item: Item, user_id: str) -> Session:
    return Session(
        id=item["id"],
        user_id=user_id,
        refresh_hash=item["refresh_hash"],
        created_at=from_iso(item["created_at"]),
        used_at=from_iso(item["used_at"]),
        verified_at=from_iso(item["verified_at"]),
        expires_at=datetime.fromtimestamp(item["ttl"], UTC),
        ends_at=datetime.fromtimestamp(item["ends_at"], UTC),
        device=Device(
            address=item["network_address"], agent=item["user_agent"], place=item["place"]
        ),
        generation=item.get("generation"),
        replaced={old: from_iso(since) for old, since in item.get("replaced", {}).items()},
    )
