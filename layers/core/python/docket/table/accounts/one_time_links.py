"""One-time links, by the hash of their token.

A used or expired link stays for a day, so that its page can say which of both it is.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched

from docket.domain.accounts.one_time_link import LIFETIMES, LinkPurpose, OneTimeLink
from docket.domain.accounts.user import User
from docket.domain.errors import LinkExpired, LinkInvalid, LinkUsed
from docket.table import client, keys
from docket.table.client import Put, Update
from docket.table.items import codec
from docket.table.items.times import to_iso

RETENTION = timedelta(days=1)

_TOKEN_BYTES = 32


def create(
    purpose: LinkPurpose, user: User, address: str, *, at: datetime, about: str | None = None
) -> tuple[str, OneTimeLink]:
    """A new link, which the caller stores, and its token, which is stored nowhere."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    link = OneTimeLink(
        token_hash=hash_of(token),
        purpose=purpose,
        user_id=user.id,
        address=address,
        user_version=user.version,
        created_at=at,
        expires_at=at + LIFETIMES[purpose],
        about=about,
    )
    return token, link


def put(link: OneTimeLink) -> Put:
    """The write of a new link. DynamoDB may delete it a while after it has expired."""
    key = keys.one_time_link(link.token_hash)
    ttl = int((link.expires_at + RETENTION).timestamp())
    index = keys.by_status(link.user_id, keys.LINK, link.token_hash)
    return Put(item={**key, **index, **codec.to_item(link), "ttl": ttl})


def of_user(user_id: str) -> Iterator[OneTimeLink]:
    """The stored links of an account, also those that were used or have expired."""
    partition = keys.by_status_partition(user_id, keys.LINK)
    indexed = client.query(partition=partition, index=keys.BY_STATUS)
    for some in batched(indexed, client.MAX_BATCH, strict=False):
        items = client.batch_get([keys.one_time_link(item[keys.STATUS_ID]) for item in some])
        yield from (codec.from_item(OneTimeLink, item) for item in items if item)


def find(token: str, *purposes: LinkPurpose, at: datetime) -> OneTimeLink:
    """The link of one of these purposes that can be used now.

    Raises `LinkInvalid`, `LinkExpired` or `LinkUsed`.
    """
    item = client.get(keys.one_time_link(hash_of(token)))
    link = codec.from_item(OneTimeLink, item) if item else None
    if link is None or link.purpose not in purposes:
        raise LinkInvalid
    if link.used_at:
        raise LinkUsed
    if link.expires_at <= at:
        raise LinkExpired
    return link


def use_write(link: OneTimeLink, *, at: datetime, used_by: str) -> Update:
    """The write that uses a link up, for the transaction that has its effect.

    Of several requests with the same link, one succeeds. `used_by` is unique to this request, so
    that its repetition after a lost reply succeeds too.
    """
    return Update(
        key=keys.one_time_link(link.token_hash),
        condition="#expires_at > :now AND (attribute_not_exists(#used_at) OR #used_by = :used_by)",
        set={("used_at",): to_iso(at), ("used_by",): used_by},
        values={"now": to_iso(at), "used_by": used_by},
    )


def hash_of(token: str) -> str:
    """A fast hash is enough, because the token has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
