"""What decides at once about all sessions of an account: an item that is read with each session.

So the end of all sessions is one update, which is a part of the transaction that changes a password
or begins a deletion, and no session has to be found first.
"""

from contextlib import suppress
from datetime import datetime

from docket.domain.accounts.user import AccountAccess, OpenSession
from docket.domain.errors import ConcurrentChange
from docket.domain.language import Language
from docket.runtime.clock import new_id
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso


def find(user_id: str) -> AccountAccess:
    """What is stored of an account's access; the defaults if nothing is."""
    return from_item(client.get(keys.account_access(user_id)))


def end_sessions(user_id: str, *, at: datetime, with_keys: bool = False) -> None:
    """End every session that began until now. Idempotent. `with_keys`: also every API key."""
    try:
        client.update(end_sessions_write(user_id, at=at, with_keys=with_keys))
    except ConditionFailed:
        return  # the beginning of its deletion has ended them


def end_sessions_write(
    user_id: str,
    *,
    at: datetime,
    requested_at: datetime | None = None,
    with_keys: bool = False,
) -> Update:
    """The write that ends every session that began until now.

    A later end of all sessions but one does not refuse it, or whoever has that one could prevent a
    reset: what is open has another generation, whatever the times say. It fails if the deletion of
    the account has begun. `requested_at`: it fails if a session was ended since then instead.
    `with_keys`: it also ends every API key that was created until now.
    """
    condition, generation = "attribute_not_exists(#deleting_at)", new_id()
    values = {"written": generation}
    if requested_at:
        condition = (
            "(attribute_not_exists(#ended_before) OR #ended_before < :requested_at)"
            " AND (attribute_not_exists(#session_ended_at) OR #session_ended_at < :requested_at)"
        )
        values["requested_at"] = to_iso(requested_at)
    return Update(
        key=keys.account_access(user_id),
        condition=f"{condition} AND (attribute_not_exists(#generation) OR #generation <> :written)",
        set={
            ("ended_before",): to_iso(at),
            ("excepted_session",): None,
            ("generation",): generation,
            **({("keys_ended_before",): to_iso(at)} if with_keys else {}),
            **({("key_generation",): generation} if with_keys else {}),
        },
        values=values,
        mark="generation",
    )


def end_keys_write(user_id: str, *, at: datetime, unchanged: AccountAccess | None = None) -> Update:
    """The write that ends every API key that was created until now.

    `unchanged`: it fails if all sessions were ended since that was read.
    """
    condition = "(attribute_not_exists(#keys_ended_before) OR #keys_ended_before <= :at)"
    values = {"at": to_iso(at)}
    if unchanged:
        is_unchanged, access_values = _is_unchanged(unchanged)
        condition, values = f"{condition} AND {is_unchanged}", {**values, **access_values}
    return Update(
        key=keys.account_access(user_id),
        condition=condition,
        set={("keys_ended_before",): to_iso(at), ("key_generation",): new_id()},
        values=values,
    )


def end_others_write(session: OpenSession, *, at: datetime) -> Update:
    """The write that ends every session but that one. It fails if they were ended meanwhile.

    Otherwise a request that is late would admit its session again, which its owner has ended.
    """
    access = session.access
    is_unchanged, values = _is_unchanged(access)
    return Update(
        key=keys.account_access(session.user_id),
        condition=is_unchanged,
        set={
            ("ended_before",): to_iso(max(at, access.ended_before or at)),
            ("excepted_session",): session.session_id,
            ("generation",): new_id(),
        },
        values=values,
        mark="generation",
    )


def record_use(user_id: str, language: Language, *, at: datetime) -> None:
    """Record that a session of the account is used now. Does nothing if its deletion has begun.

    A use that another write has prevented from being recorded is recorded by the next one.
    """
    with suppress(ConditionFailed, ConcurrentChange):
        client.update(use_write(user_id, language, at=at))


def use_write(user_id: str, language: Language, *, at: datetime) -> Update:
    """The write that records a use. It fails if the deletion of the account has begun."""
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_not_exists(#deleting_at)",
        set=_use(language, at),
    )


def unchanged_use_write(
    user_id: str, access: AccountAccess, language: Language, *, at: datetime
) -> Update:
    """The write that records a use, and fails if all sessions were ended since `access` was read.

    The same holds if the account was closed. Whatever raises the version of an account ends them:
    a session that is opened for what was read after `access` is not older than such a change.
    """
    is_unchanged, values = _is_unchanged(access)
    return Update(
        key=keys.account_access(user_id),
        condition=is_unchanged,
        set=_use(language, at),
        values=values,
    )


def unchanged_write(user_id: str, access: AccountAccess) -> Update:
    """A write without effect, which fails if all sessions were ended since `access` was read.

    The same holds if the account was disabled, or its deletion has begun.
    """
    is_unchanged, values = _is_unchanged(access)
    return Update(
        key=keys.account_access(user_id),
        condition=is_unchanged,
        set_if_absent={("language",): access.language},
        values=values,
    )


def _is_unchanged(access: AccountAccess) -> tuple[str, dict[str, str]]:
    """The condition that sessions of that generation are still admitted, with its values.

    Times do not show it: two changes may have the same one.
    """
    if access.generation is None:
        return "attribute_not_exists(#generation)", {}
    return "#generation = :known", {"known": access.generation}


def _use(language: Language, at: datetime) -> dict[tuple[str, ...], str]:
    return {("used_at",): to_iso(at), ("language",): language}


def session_ended_write(user_id: str, *, at: datetime) -> Update:
    """The write that voids what sessions have requested, for the transaction that ends one.

    It fails if a later one has done that.
    """
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_not_exists(#session_ended_at) OR #session_ended_at <= :at",
        set={("session_ended_at",): to_iso(at)},
        values={"at": to_iso(at)},
    )


def disable_write(user_id: str, *, at: datetime) -> Update:
    """The write by which the operator disables an account. Its sessions are over."""
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_not_exists(#deleting_at)",
        set={
            ("ended_before",): to_iso(at),
            ("excepted_session",): None,
            ("generation",): new_id(),
        },
        set_if_absent={("disabled_at",): to_iso(at)},
    )


def enable_write(user_id: str) -> Update:
    """The write by which the operator enables an account again."""
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_exists(PK)",
        remove=[("disabled_at",)],
    )


def deleting_write(
    user_id: str,
    *,
    at: datetime,
    requested_with: AccountAccess | None = None,
    unused: AccountAccess | None = None,
) -> Update:
    """The write with which the deletion of an account begins. Its sessions are over.

    `requested_with`: it fails if all sessions were ended since that was read. `unused`: it fails if
    a session was opened or refreshed since that was read.
    """
    condition, generation = "attribute_not_exists(#disabled_at)", new_id()
    values: dict[str, str] = {}
    if requested_with:
        is_unchanged, values = _is_unchanged(requested_with)
        condition += f" AND ({is_unchanged} OR #generation = :written)"
        values = {**values, "written": generation}
    elif unused and unused.used_at:
        condition += " AND #used_at = :used_at"
        values = {"used_at": to_iso(unused.used_at)}
    elif unused:
        condition += " AND attribute_not_exists(#used_at)"
    return Update(
        key=keys.account_access(user_id),
        condition=condition,
        set={
            ("ended_before",): to_iso(at),
            ("excepted_session",): None,
            ("generation",): generation,
        },
        set_if_absent={("deleting_at",): to_iso(at)},
        values=values,
    )


def from_item(item: Item | None) -> AccountAccess:
    """The defaults if there is no item, and for each attribute that is missing or null."""
    stored = {name: value for name, value in (item or {}).items() if value is not None}
    return codec.from_item(AccountAccess, stored)
