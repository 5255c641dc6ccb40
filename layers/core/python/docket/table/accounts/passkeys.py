"""Passkeys, in the partition of an account's second factor; and challenges that were answered.

The account is found by the user handle, which a device stores with the passkey and returns at each
login. So an id that two accounts claim is no key of either: each is verified by its own item.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from docket.domain.accounts.mail import Mail
from docket.domain.accounts.passkey import MAX_PASSKEYS, Passkey, PasskeyUse
from docket.domain.errors import (
    ConcurrentChange,
    LastPasskey,
    PasskeyNotFound,
    PasskeyRefused,
    TooManyPasskeys,
)
from docket.table import client, keys
from docket.table.accounts import mails
from docket.table.client import Check, ConditionFailed, Delete, Put, Update, Write
from docket.table.items import codec
from docket.table.items.times import to_iso


def add(passkey: Passkey, answered: Put, notice: Mail, *conditions: Write) -> None:
    """Store a new passkey, use its challenge up, and owe the notice, if `conditions` hold.

    Raises `TooManyPasskeys`, `PasskeyRefused` if the account has the passkey, or the challenge was
    used, and `ConcurrentChange` if a condition does not hold.
    """
    key = keys.passkey(passkey.user_id, passkey.id)
    counted = Update(
        key=keys.passkey_count(passkey.user_id),
        condition="attribute_not_exists(#count) OR #count < :most",
        add={("count",): 1},
        values={"most": MAX_PASSKEYS},
    )
    adding = (
        Put(item={**key, **codec.to_item(passkey)}),
        counted,
        answered,
        mails.put(notice),
    )
    try:
        client.write(*adding, *conditions)
    except ConditionFailed as refused:
        if refused.part == adding.index(counted):
            raise TooManyPasskeys(MAX_PASSKEYS) from None
        raise (PasskeyRefused if refused.part < len(adding) else ConcurrentChange) from None


def find(user_id: str, passkey_id: str) -> Passkey | None:
    """A passkey of the account; None if the account has none with that id."""
    item = client.get(keys.passkey(user_id, passkey_id))
    return codec.from_item(Passkey, item) if item else None


def of_user(user_id: str) -> Sequence[Passkey]:
    """The passkeys of an account, the newest first."""
    items = client.query(partition=keys.factor_partition(user_id), prefix=keys.PASSKEYS)
    found = [codec.from_item(Passkey, item) for item in items]
    return sorted(found, key=lambda passkey: passkey.created_at, reverse=True)


def count(user_id: str) -> int:
    """How many passkeys an account has."""
    item = client.get(keys.passkey_count(user_id))
    return int(item["count"]) if item else 0


def rename(user_id: str, passkey_id: str, name: str) -> Passkey:
    """Give a passkey of the account another name. Idempotent. Raises `PasskeyNotFound`."""
    key = keys.passkey(user_id, passkey_id)
    try:
        item = client.update(
            Update(key=key, condition="attribute_exists(PK)", set={("name",): name})
        )
    except ConditionFailed:
        raise PasskeyNotFound from None
    return codec.from_item(Passkey, item)


def use_write(passkey: Passkey, use: PasskeyUse, *, at: datetime, used_by: str) -> Update:
    """The write that records the use of a passkey, for the transaction that has its effect.

    It fails if the passkey was removed, and if the count has not grown: then two devices have it.
    `used_by` is unique to the request, so that its repetition after a lost reply succeeds.
    """
    has_grown = "#sign_count < :count" if use.sign_count else "#sign_count = :count"
    return Update(
        key=keys.passkey(passkey.user_id, passkey.id),
        condition=f"#public_key = :public_key AND ({has_grown} OR #used_by = :used_by)",
        set={
            ("sign_count",): use.sign_count,
            ("is_synced",): use.is_synced,
            ("used_at",): to_iso(at),
            ("used_by",): used_by,
        },
        values={"count": use.sign_count, "public_key": passkey.public_key, "used_by": used_by},
    )


def remove(passkey: Passkey, notice: Mail, *effects: Write, least: int) -> bool:
    """Remove a passkey, owe the notice, and write `effects`. False if it was removed before.

    Raises `LastPasskey` if fewer than `least` would be left, and `ConcurrentChange` if an effect is
    refused.
    """
    counted = Update(
        key=keys.passkey_count(passkey.user_id),
        condition="#count > :least",
        add={("count",): -1},
        values={"least": least},
    )
    removing = (_removal(passkey), counted, mails.put(notice))
    try:
        client.write(*removing, *effects)
    except ConditionFailed as refused:
        if refused.part == 0:
            return False
        is_last = refused.part == removing.index(counted)
        raise (LastPasskey if is_last else ConcurrentChange) from None
    return True


def has_some(user_id: str) -> Check:
    """The condition that an account has a passkey."""
    return Check(key=keys.passkey_count(user_id), condition="#count >= :one", values={"one": 1})


def has_none(user_id: str) -> Check:
    """The condition that an account has no passkey."""
    return Check(
        key=keys.passkey_count(user_id),
        condition="attribute_not_exists(#count) OR #count = :none",
        values={"none": 0},
    )


def remove_all_writes(user_id: str, found: Sequence[Passkey]) -> tuple[Delete | Check, ...]:
    """The writes that remove all passkeys of an account, which may have none.

    They fail if one of them was removed, or another was added, since they were found.
    """
    if not found:
        return (has_none(user_id),)
    return (
        *(_removal(passkey) for passkey in found),
        Delete(
            key=keys.passkey_count(user_id),
            condition="#count = :count",
            values={"count": len(found)},
        ),
    )


def _removal(passkey: Passkey) -> Delete:
    return Delete(
        key=keys.passkey(passkey.user_id, passkey.id),
        condition="#public_key = :public_key",
        values={"public_key": passkey.public_key},
    )


def answered(challenge: bytes, *, until: datetime, used_by: str) -> Put:
    """The write that uses a challenge up, which is valid until then. It succeeds once.

    `used_by` is unique to the request.
    """
    key = keys.answered_challenge(hashlib.sha256(challenge).hexdigest())
    return Put(item={**key, "used_by": used_by, "ttl": int(until.timestamp()) + 1})
