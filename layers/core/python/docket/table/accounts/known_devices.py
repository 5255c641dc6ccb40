"""The devices that an account has signed in from, by the hashes of their cookies' tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from docket.domain.accounts.device import LIFETIME, token_hash
from docket.table import client, keys
from docket.table.client import Update
from docket.table.items.times import from_iso, to_iso


@dataclass(frozen=True, kw_only=True)
class KnownDevice:
    """When an account was first and last signed in to from a device."""

    first_seen_at: datetime
    last_seen_at: datetime


def is_known(user_id: str, token: str, *, version: int, at: datetime) -> bool:
    """Whether the account has signed in from the device with that token, and not too long ago.

    It has done so in its present version: see `User.version`.
    """
    item = client.get(keys.known_device(user_id, token_hash(token)))
    return item is not None and item["version"] == version and item["ttl"] > int(at.timestamp())


def of_user(user_id: str) -> Iterator[KnownDevice]:
    """The stored devices that the account has signed in from."""
    partition = keys.session_partition(user_id)
    for item in client.query(partition=partition, prefix=keys.DEVICES):
        yield KnownDevice(
            first_seen_at=from_iso(item["first_seen_at"]),
            last_seen_at=from_iso(item["last_seen_at"]),
        )


def remember_write(user_id: str, token: str, *, version: int, at: datetime) -> Update:
    """The write by which an account of that version knows a device, or goes on knowing it."""
    key = keys.known_device(user_id, token_hash(token))
    return Update(
        key=key,
        condition="attribute_not_exists(PK) OR PK = :pk",  # always
        set={
            ("version",): version,
            ("last_seen_at",): to_iso(at),
            ("ttl",): int((at + LIFETIME).timestamp()),
        },
        set_if_absent={("first_seen_at",): to_iso(at)},
        values={"pk": key["PK"]},
    )
