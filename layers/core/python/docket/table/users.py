"""Accounts: who somebody is, and what signs them in. An address belongs to the first who puts it.

What a sign-in must answer stands in both items, so that one read of the address is enough for it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from docket.domain.errors import EmailTaken
from docket.domain.user import Credential, User
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.attributes import Item
from docket.table.client import ConditionFailed, Put, Update
from docket.table.times import from_iso, to_iso

RESERVED_FOR = timedelta(minutes=1)
"""Longer than a function may run: whoever reserved the address is done by then, or never."""

REMEMBERED_FOR = timedelta(days=1)


def add(new: Credential) -> Credential:
    """Make the account, if its address is free. The credential that stands at the address now."""
    try:
        client.write(
            Put(
                item={
                    **keys.credential(new.address),
                    **_user_item(new.user),
                    "password_hash": new.password_hash,
                    "made_by": new.made_by,
                }
            ),
            Put(item={**keys.user(new.user.id), **_user_item(new.user)}),
        )
    except ConditionFailed as refused:
        if refused.part or refused.found is None:
            raise
        return _credential(refused.found)
    return new


def credential(address: str) -> Credential | None:
    """Who signs in by this normalised address, and what with."""
    found = client.get(keys.credential(address))
    return _credential(found) if found else None


def find(user_id: str) -> User | None:
    found = client.get(keys.user(user_id))
    return _user(found) if found else None


def rename(user: User, full_name: str | None) -> User:
    """Change the name, in both places."""
    client.write(
        Update(
            key=keys.user(user.id),
            condition="attribute_exists(PK)",
            set={("full_name",): full_name},
        ),
        Update(
            key=keys.credential(user.address),
            condition="#id = :id",
            set={("full_name",): full_name},
            values={"id": user.id},
        ),
    )
    return replace(user, full_name=full_name)


def password_hash_write(known: Credential, password_hash: str) -> Update:
    """The write that replaces the hash of the password that was just given."""
    return Update(
        key=keys.credential(known.address),
        condition="#password_hash = :old",
        set={("password_hash",): password_hash},
        values={"old": known.password_hash},
    )


def reserve(address: str, made_by: str, *, at: datetime) -> bool:
    """Keep others from registering this address while we do, where accounts are kept elsewhere.

    Whether the same request reserved it before. Raises `EmailTaken` while somebody else has it.
    `attempt` tells a request that the customer repeated from a write that the SDK repeated.
    """
    now, attempt = int(at.timestamp()), new_id()
    try:
        client.write(
            Put(
                item={
                    **keys.credential(address),
                    "made_by": made_by,
                    "attempt": attempt,
                    "until": now + int(RESERVED_FOR.total_seconds()),
                    "ttl": now + int(REMEMBERED_FOR.total_seconds()),
                },
                condition="attribute_not_exists(PK) OR (#until < :now AND #made_by <> :me)",
                values={"now": now, "me": made_by},
            )
        )
    except ConditionFailed as refused:
        if refused.found and refused.found["made_by"] == made_by:
            return bool(refused.found.get("attempt") != attempt)
        raise EmailTaken from None
    return False


def _user_item(user: User) -> Item:
    return {
        "id": user.id,
        "email": user.email,
        "full_name": user.full_name,
        "created_at": to_iso(user.created_at),
        "email_verified": user.email_verified,
    }


def _user(item: Item) -> User:
    return User(
        id=item["id"],
        email=item["email"],
        full_name=item["full_name"],
        created_at=from_iso(item["created_at"]),
        email_verified=item["email_verified"],
    )


def _credential(item: Item) -> Credential:
    return Credential(
        user=_user(item), password_hash=item["password_hash"], made_by=item["made_by"]
    )
