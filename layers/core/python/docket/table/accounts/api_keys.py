"""API keys, by the hash of their text; and the list of those of a user.

The list is in the partition of the user's sessions: where that is removed, no key is usable. An
expired key stays in the list, and counts, until its owner removes it.
"""

from collections.abc import Sequence
from datetime import datetime

from docket.domain.accounts.api_key import MAX_KEYS, ApiKey, UsableKey
from docket.domain.accounts.mail import Mail
from docket.domain.errors import ApiKeyNotFound, ConcurrentChange, TooManyKeys
from docket.table import client, keys
from docket.table.accounts import account_access, mails
from docket.table.client import ConditionFailed, Delete, Put, Update, Write
from docket.table.items import codec
from docket.table.items.attributes import Item
from docket.table.items.times import to_iso


def create(key: ApiKey, notice: Mail, *conditions: Write) -> None:
    """Store a new key, and owe the notice, if `conditions` hold. The same call may be repeated.

    Raises `TooManyKeys`, and `ConcurrentChange` if a condition does not hold.
    """
    listed = keys.listed_api_key(key.user_id, key.id)
    counted = Update(
        key=keys.api_key_count(key.user_id),
        condition="attribute_not_exists(#count) OR #count < :most",
        add={("count",): 1},
        values={"most": MAX_KEYS},
    )
    writes = (
        Put(item={**keys.api_key(key.hash), **codec.to_item(key)}, mark="id"),
        Put(item={**listed, "hash": key.hash}),
        counted,
        mails.put(notice),
        *conditions,
    )
    try:
        client.write(*writes)
    except ConditionFailed as refused:
        if refused.part != writes.index(counted):
            raise ConcurrentChange from None
        raise TooManyKeys(MAX_KEYS) from None


def find_usable(key_hash: str, *, at: datetime) -> UsableKey | None:
    """The key with that hash; None if it is revoked or expired, or its account does not admit it.

    A test key comes with the sample order of its account. An order stays what it is: if another
    sample order takes its place meanwhile, the request finds the one that has expired.
    """
    stored_item = client.get(keys.api_key(key_hash))
    key = codec.from_item(ApiKey, stored_item) if stored_item else None
    if key is None or key.is_expired(at):
        return None
    decisive = [keys.listed_api_key(key.user_id, key.id), keys.account_access(key.user_id)]
    of_test_keys = [keys.usage(key.user_id)] if key.mode == "test" else []
    listed_item, access_item, *used = client.batch_get([*decisive, *of_test_keys])
    if listed_item is None or not account_access.from_item(access_item).admits_key(key):
        return None
    return UsableKey(key=key, sample_order_id=_sample_order_id(used[0]) if used else None)


def _sample_order_id(usage_item: Item | None) -> str | None:
    from docket.table.orders import usage  # noqa: PLC0415 - no other caller waits for its modules

    return usage.from_item(usage_item).sample_order_id


def record_use(key: ApiKey, *, at: datetime) -> bool:
    """Record that a key was used now; False if it has been revoked."""
    try:
        client.update(
            Update(
                key=keys.api_key(key.hash),
                condition="attribute_exists(PK)",
                set={("last_used_at",): to_iso(at)},
            )
        )
    except ConditionFailed:
        return False
    return True


def unused_write(key: ApiKey) -> Update:
    """A write without effect, which fails if the key was used or revoked since it was read."""
    condition, values = "attribute_not_exists(#last_used_at)", {}
    if key.last_used_at:
        condition, values = "#last_used_at = :last", {"last": to_iso(key.last_used_at)}
    return Update(
        key=keys.api_key(key.hash),
        condition=f"attribute_exists(PK) AND {condition}",
        set={("name",): key.name},
        values=values,
    )


def of_user(user_id: str) -> Sequence[ApiKey]:
    """The keys of a user, the newest first, also those that have expired."""
    listed = list(
        client.query(
            partition=keys.session_partition(user_id), prefix=keys.API_KEYS, newest_first=True
        )
    )
    items = client.batch_get([keys.api_key(item["hash"]) for item in listed]) if listed else []
    return [codec.from_item(ApiKey, item) for item in items if item]


def revoke(user_id: str, key_id: str) -> None:
    """Revoke a key: it is gone. Raises `ApiKeyNotFound`, also if it was revoked before."""
    listed = keys.listed_api_key(user_id, key_id)
    listed_item = client.get(listed)
    if listed_item is None:
        raise ApiKeyNotFound
    try:
        client.write(
            Delete(key=listed),
            Delete(key=keys.api_key(listed_item["hash"])),
            Update(
                key=keys.api_key_count(user_id),
                condition="attribute_exists(PK)",
                add={("count",): -1},
            ),
        )
    except ConditionFailed:
        return  # another request, or this one whose reply was lost, has revoked it
