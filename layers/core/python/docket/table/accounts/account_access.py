"""What decides at once about all sessions of an account: an item that is read with each session.

So the end of all sessions is one update, which is a part of the transaction that changes a password
or begins a deletion, and no session has to be found first.
"""

from datetime import datetime

from docket.domain.accounts.user import AccountAccess
from docket.table import client, keys
from docket.table.client import ConditionFailed, Update
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso


def find(user_id: str) -> AccountAccess:
    return from_item(client.get(keys.account_access(user_id)))


def end_sessions(
    user_id: str, *, at: datetime, kept_session: str | None = None, with_keys: bool = False
) -> None:
    """End every session that began until now, except `kept_session`. Idempotent.

    `with_keys`: also every API key.
    """
    try:
        client.update(
            end_sessions_write(user_id, at=at, kept_session=kept_session, with_keys=with_keys)
        )
    except ConditionFailed:
        return  # a later one has ended them


def end_sessions_write(
    user_id: str,
    *,
    at: datetime,
    kept_session: str | None = None,
    requested_at: datetime | None = None,
    with_keys: bool = False,
) -> Update:
    """The write that ends every session that began until now, except `kept_session`.

    A write that arrives after a later one fails. `requested_at`: it also fails if a session was
    ended since then. `with_keys`: it also ends every API key that was created until now.
    """
    condition, values = "attribute_not_exists(#ended_before) OR #ended_before <= :at", {}
    if requested_at:
        condition = (
            "(attribute_not_exists(#ended_before) OR #ended_before < :requested_at)"
            " AND (attribute_not_exists(#session_ended_at) OR #session_ended_at < :requested_at)"
        )
        values = {"requested_at": to_iso(requested_at)}
    return Update(
        key=keys.account_access(user_id),
        condition=condition,
        set={
            ("ended_before",): to_iso(at),
            ("kept_session",): kept_session,
            **({("keys_ended_before",): to_iso(at)} if with_keys else {}),
        },
        values=values or {"at": to_iso(at)},
    )


def unchanged_write(user_id: str, access: AccountAccess) -> Update:
    """A write without effect, which fails if all sessions were ended since `access` was read.

    Whatever raises the version of an account ends them. So a session that is opened for what was
    read after `access` is not older than such a change.
    """
    is_unchanged = "attribute_not_exists(#ended_before)"
    if access.ended_before:
        is_unchanged = "#ended_before = :ended_before"
    return Update(
        key=keys.account_access(user_id),
        condition=is_unchanged,
        set={("kept_session",): access.kept_session},
        values={"ended_before": to_iso(access.ended_before)} if access.ended_before else {},
    )


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
        set={("ended_before",): to_iso(at), ("kept_session",): None},
        set_if_absent={("disabled_at",): to_iso(at)},
    )


def enable_write(user_id: str) -> Update:
    """The write by which the operator enables an account again."""
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_exists(PK)",
        remove=[("disabled_at",)],
    )


def deleting_write(user_id: str, *, at: datetime) -> Update:
    """The write with which the deletion of an account begins. Its sessions are over."""
    return Update(
        key=keys.account_access(user_id),
        condition="attribute_not_exists(#disabled_at)",
        set={("ended_before",): to_iso(at), ("kept_session",): None},
        set_if_absent={("deleting_at",): to_iso(at)},
    )


def from_item(item: Item | None) -> AccountAccess:
    stored = {name: value for name, value in (item or {}).items() if value is not None}
    return codec.from_item(AccountAccess, stored)
