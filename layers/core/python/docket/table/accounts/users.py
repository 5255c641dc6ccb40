"""Accounts: users and their credentials. An address belongs to the first account that puts it.

What a login returns is stored in both items, so that one read of the credential is enough.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.user import Credential, User
from docket.domain.errors import EmailTaken
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.accounts import account_retention
from docket.table.client import ConditionFailed, Delete, Put, Update
from docket.table.items.attributes import Item
from docket.table.items.times import from_iso, to_iso

RESERVATION_LIFETIME = timedelta(minutes=1)
"""Longer than the timeout of a function: a reservation is used within this time, or never."""

RESERVATION_RETENTION = timedelta(days=1)


def add(new: Credential) -> Credential:
    """Create the account if its address is free. Returns the credential stored for the address.

    That is `new`, also if the same call is repeated, or that of the account that has the address.
    """
    try:
        client.write(*add_writes(new))
    except ConditionFailed as refused:
        if refused.part or refused.stored_item is None:
            raise
        return _credential(refused.stored_item)
    return new


def add_writes(new: Credential) -> tuple[Put, Put]:
    """The writes that create the account while its address is free."""
    return (
        Put(item=_credential_item(new)),
        Put(item={**account_retention.owed(new.user), **_user_item(new.user)}),
    )


def touch_writes(stored: Credential) -> tuple[Update, Update]:
    """Writes that change nothing, and take as long as those that create an account.

    So no timing shows whether an address had one.
    """
    return (
        Update(
            key=keys.credential(stored.address),
            condition="#id = :id",
            set={("id",): stored.user.id},
            values={"id": stored.user.id},
        ),
        Update(
            key=keys.user(stored.user.id),
            condition="attribute_exists(PK)",
            set={("id",): stored.user.id},
        ),
    )


def credential(address: str) -> Credential | None:
    """The credential of a normalized address; None if the address has no account.

    The account may be disabled, or being deleted: its access says so.
    """
    stored_item = client.get(keys.credential(address))
    return _credential(stored_item) if stored_item else None


def find(user_id: str) -> User | None:
    """The account with that id, from its profile; None if there is none."""
    stored_item = client.get(keys.user(user_id))
    return _user(stored_item) if stored_item else None


def rename(user: User, full_name: str | None) -> User:
    """Change the name, in both items; None: no name. Returns the changed user. Idempotent.

    Raises `ConditionFailed` if the account is gone, or its address is another one now.
    """
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


def verify_writes(link: OneTimeLink) -> tuple[Update, Update]:
    """The writes that record that the address of a link is verified, while the account has it."""
    return (
        Update(
            key=keys.credential(link.address),
            condition="#id = :id AND #version = :version",
            set={("email_verified",): True},
            values={"id": link.user_id, "version": link.user_version},
        ),
        Update(
            key=keys.user(link.user_id),
            condition="attribute_exists(PK)",
            set={("email_verified",): True},
        ),
    )


def password_hash_write(stored: Credential, password_hash: str) -> Update:
    """The write that replaces the hash of a password, after the password was verified.

    It fails after any change of the account that raises its version.
    """
    return Update(
        key=keys.credential(stored.address),
        condition="#password_hash = :old AND #version = :version",
        set={("password_hash",): password_hash},
        values={"old": stored.password_hash, "version": stored.user.version},
    )


def password_writes(
    stored: Credential, password_hash: str, *, verified: bool = False, without_factor: bool = False
) -> tuple[Update, Update]:
    """The writes that change the password, while the credential has the known version.

    They raise the version, so that no earlier link can be used. `verified`: the owner has also
    shown to read the mail of the address. `without_factor`: they also turn the second factor off.
    """
    version = stored.user.version + 1
    changes: dict[tuple[str, ...], int] = {
        ("version",): version,
        ("has_password",): True,
    }
    if verified:
        changes[("email_verified",)] = True
    if without_factor:
        changes[("second_factor",)] = False
    return (
        Update(
            key=keys.credential(stored.address),
            condition="#id = :id AND (#version = :version OR #password_hash = :new)",
            set={("password_hash",): password_hash, **changes},
            values={"id": stored.user.id, "version": stored.user.version, "new": password_hash},
        ),
        Update(key=keys.user(stored.user.id), condition="attribute_exists(PK)", set=changes),
    )


def remove_password_writes(stored: Credential) -> tuple[Update, Update]:
    """The writes that remove the password, while the credential has the known version.

    They raise the version, so that no earlier link or login step can be used. They belong into a
    transaction with an insert, by which its repetition is recognised.
    """
    changes: dict[tuple[str, ...], Any] = {
        ("version",): stored.user.version + 1,
        ("has_password",): False,
    }
    return (
        Update(
            key=keys.credential(stored.address),
            condition="#id = :id AND #version = :version",
            set={("password_hash",): None, **changes},
            values={"id": stored.user.id, "version": stored.user.version},
        ),
        Update(key=keys.user(stored.user.id), condition="attribute_exists(PK)", set=changes),
    )


def second_factor_writes(stored: Credential, *, is_on: bool) -> tuple[Update, Update]:
    """The writes that turn the second factor on or off, while the credential has the known version.

    They raise the version. They belong into the transaction that changes the factor itself, whose
    condition recognises a repetition.
    """
    version = stored.user.version + 1
    changes: dict[tuple[str, ...], int] = {("version",): version, ("second_factor",): is_on}
    return (
        Update(
            key=keys.credential(stored.address),
            condition="#id = :id AND"
            " (#version = :version OR (#version = :new AND #second_factor = :is_on))",
            set=changes,
            values={
                "id": stored.user.id,
                "version": stored.user.version,
                "new": version,
                "is_on": is_on,
            },
        ),
        Update(key=keys.user(stored.user.id), condition="attribute_exists(PK)", set=changes),
    )


def move_writes(stored: Credential, email: str) -> tuple[Put, Delete, Update]:
    """The writes that give an account another address while that is free. It is verified."""
    moved = replace(stored.user, email=email, email_verified=True, version=stored.user.version + 1)
    return (
        Put(item=_credential_item(replace(stored, user=moved))),
        Delete(
            key=keys.credential(stored.address),
            # Anything else that was changed since it was read would be lost.
            condition="#id = :id AND #version = :version AND #password_hash = :hash"
            " AND #full_name = :full_name AND #email_verified = :email_verified",
            values={
                "id": stored.user.id,
                "version": stored.user.version,
                "hash": stored.password_hash,
                "full_name": stored.user.full_name,
                "email_verified": stored.user.email_verified,
            },
        ),
        Update(
            key=keys.user(stored.user.id),
            condition="attribute_exists(PK)",
            set={("email",): email, ("email_verified",): True, ("version",): moved.version},
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """An address that is reserved for a request.

    `since` is when any request has reserved it first: an account that a registration has made is
    not older. `repeated_from` is when this request has reserved it before, None if it had not.
    """

    since: datetime
    repeated_from: datetime | None = None


def remove_credential(user: User) -> None:
    """Delete the credential of an account, if it has one. Idempotent."""
    with suppress(ConditionFailed):
        client.write(
            Delete(key=keys.credential(user.address), condition="#id = :id", values={"id": user.id})
        )


def reserve(address: str, made_by: str, *, at: datetime) -> Reservation:
    """Reserve an address for this request, when accounts are stored in the user pool.

    Raises `EmailTaken` while another request has it. `attempt` distinguishes a request that the
    customer repeated from a write that the SDK repeated.
    """
    now, attempt = int(at.timestamp()), new_id()
    try:
        stored_item = client.update(
            Update(
                key=keys.credential(address),
                condition="attribute_not_exists(PK) OR (#until < :now AND #made_by <> :me)",
                set={
                    ("made_by",): made_by,
                    ("attempt",): attempt,
                    ("until",): now + int(RESERVATION_LIFETIME.total_seconds()),
                    ("ttl",): now + int(RESERVATION_RETENTION.total_seconds()),
                },
                set_if_absent={("since",): now},
                values={"now": now, "me": made_by},
            )
        )
    except ConditionFailed as refused:
        if refused.stored_item is None or refused.stored_item["made_by"] != made_by:
            raise EmailTaken from None
        stored_item = refused.stored_item
    since = datetime.fromtimestamp(stored_item["since"], UTC)
    if stored_item["attempt"] == attempt:
        return Reservation(since=since)
    made_at = datetime.fromtimestamp(stored_item["until"], UTC) - RESERVATION_LIFETIME
    return Reservation(since=since, repeated_from=made_at)


def release(address: str, *, reserved_until: datetime, at: datetime) -> None:
    """Delete a reservation of an address that was made until then. Idempotent.

    It stays while a request may still use it.
    """
    with suppress(ConditionFailed):
        client.write(
            Delete(
                key=keys.credential(address),
                condition="attribute_not_exists(PK) OR (#until < :now AND #since <= :last)",
                values={"now": int(at.timestamp()), "last": int(reserved_until.timestamp())},
            )
        )


def _credential_item(credential: Credential) -> Item:
    return {
        **keys.credential(credential.address),
        **_user_item(credential.user),
        "password_hash": credential.password_hash,
        "made_by": credential.made_by,
    }


def _user_item(user: User) -> Item:
    return {
        "id": user.id,
        "email": user.email,
        "full_name": user.full_name,
        "created_at": to_iso(user.created_at),
        "email_verified": user.email_verified,
        "version": user.version,
        "second_factor": user.second_factor,
        "has_password": user.has_password,
    }


def _user(item: Item) -> User:
    return User(
        id=item["id"],
        email=item["email"],
        full_name=item["full_name"],
        created_at=from_iso(item["created_at"]),
        email_verified=item["email_verified"],
        version=item["version"],
        second_factor=item["second_factor"],
        has_password=item.get("has_password", True),  # older accounts have one, and no attribute
    )


def _credential(item: Item) -> Credential:
    return Credential(
        user=_user(item), password_hash=item["password_hash"], made_by=item["made_by"]
    )
