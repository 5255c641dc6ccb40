"""The profiles of accounts in a user pool: what the pool does not have of them.

The pool has the password, the address and the name. The profile has the version of the account,
whether it has a second factor and whether its address is verified, and a copy of the rest: what is
stored of an account can be exported and erased without the pool. The first sign-in makes it, so
that a user of the pool who never signs in to Docket has none; each later one brings the copy up to
date.

The profile decides whether the address is verified, because a transaction writes that with what
depends on it. The pool's attribute, which has no transaction, decides without a profile only.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from docket.domain.accounts.user import NOBODY, User
from docket.table import client, keys
from docket.table.accounts import account_retention, users
from docket.table.client import Check, ConditionFailed, Update
from docket.table.items.times import to_iso

_IN_POOL = "in_pool"


def merged(user: User | None) -> User | None:
    """A user of the pool, with the version, second factor and verification of its profile.

    An address that the profile does not have yet is verified only if both say so: another tool may
    have changed it, or a request that may still be refused.

    The profile is read without a user, too, so that the time of a request does not show which
    addresses have accounts; None then.
    """
    profile = users.find(user.id if user else NOBODY)
    if user is None or profile is None:
        return user
    is_verified = profile.email_verified and (
        profile.address == user.address or user.email_verified
    )
    return replace(
        user,
        version=profile.version,
        second_factor=profile.second_factor,
        email_verified=is_verified,
    )


def is_in_pool(user_id: str) -> bool:
    """Whether the profile is that of an account in a user pool."""
    return _IN_POOL in (client.get(keys.user(user_id)) or {})


def unchanged_write(user: User) -> Update:
    """The write that makes the profile or updates its copy, while the account has its version.

    It also fails if the address was verified since it was read.
    """
    is_same = "attribute_not_exists(PK) OR #email_verified = :verified OR #email <> :email"
    return Update(
        key=keys.user(user.id),
        condition=f"({_is_known(user)}) AND ({is_same})",
        set=_copy(user),
        set_if_absent=_first_attributes(user),
        values={"version": user.version, "verified": user.email_verified, "email": user.email},
    )


def unchanged_check(user: User) -> Check:
    """The condition that the account has the version that was read."""
    return Check(
        key=keys.user(user.id), condition=_is_known(user), values={"version": user.version}
    )


def change_write(user: User, change: str, *changed: str) -> Update:
    """The write that stores what is `changed`: names of attributes with the values of `user`.

    It raises the version of the account, which must be the known one, so that no earlier link can
    be used. By the id of the change a repeated write is recognised.
    """
    copied = {path: value for path, value in _copy(user).items() if path != ("version",)}
    set_now = {path: value for path, value in copied.items() if path[0] in changed}
    if_absent = {path: value for path, value in copied.items() if path not in set_now}
    return Update(
        key=keys.user(user.id),
        condition=f"{_is_known(user)} OR #changed_by = :change",
        set={**set_now, ("version",): user.version + 1, ("changed_by",): change},
        set_if_absent={**_first_attributes(user), **if_absent},
        values={"version": user.version, "change": change},
    )


def verify_write(user: User) -> Update:
    """The write that records that the address is verified, while the account has its version."""
    return Update(
        key=keys.user(user.id),
        condition=_is_known(user),
        set=_copy(replace(user, email_verified=True)),
        set_if_absent=_first_attributes(user),
        values={"version": user.version},
    )


def verify_if_present(user: User) -> None:
    """Record in a profile that the address is verified. Does nothing as `rename`."""
    _update(user, {("email",): user.email, ("email_verified",): True})


def rename(user: User) -> None:
    """Update the name in a profile. Does nothing without one, or if the account was changed."""
    _update(user, {("full_name",): user.full_name})


def _update(user: User, changes: dict[tuple[str, ...], Any]) -> None:
    with suppress(ConditionFailed):
        client.update(
            Update(
                key=keys.user(user.id),
                condition="#version = :version",
                set=changes,
                values={"version": user.version},
            )
        )


def _is_known(user: User) -> str:
    is_known = "#version = :version"
    return is_known if user.version else f"attribute_not_exists(PK) OR {is_known}"


def _copy(user: User) -> dict[tuple[str, ...], Any]:
    return {
        ("email",): user.email,
        ("full_name",): user.full_name,
        ("email_verified",): user.email_verified,
        ("second_factor",): user.second_factor,
        ("version",): user.version,
    }


def _first_attributes(user: User) -> dict[tuple[str, ...], Any]:
    """What only the first write of a profile sets; it is a debt, as in `account_retention`."""
    key = keys.user(user.id)
    debt = {name: value for name, value in account_retention.owed(user).items() if name not in key}
    attributes = {"id": user.id, "created_at": to_iso(user.created_at), _IN_POOL: True, **debt}
    return {(name,): value for name, value in attributes.items()}
