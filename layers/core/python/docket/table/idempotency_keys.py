"""Idempotency keys: what was made under a key is made once, and found again by it.

A claim is put in the transaction that makes the thing, and holds its id and a fingerprint of the
request, so that a repeated request gets the same thing and another one under the same key none.
"""

from datetime import datetime, timedelta

from docket.domain.errors import KeyReused
from docket.domain.idempotency import IdempotencyKey
from docket.table import client, keys
from docket.table.attributes import Item

KEPT = timedelta(hours=24)


def put(idempotency_key: IdempotencyKey, made: str, *, at: datetime) -> client.Put:
    """The write that claims the key for the thing with the id `made`.

    A claim past its time may linger until the table's sweep takes it, so it counts as gone.
    """
    return client.Put(
        item={
            **keys.idempotency_key(
                idempotency_key.user_id, idempotency_key.what, idempotency_key.key
            ),
            "made": made,
            "fingerprint": idempotency_key.fingerprint,
            "ttl": int((at + KEPT).timestamp()),
        },
        condition="attribute_not_exists(PK) OR #ttl <= :now",
        values={"now": int(at.timestamp())},
    )


def existing_id(idempotency_key: IdempotencyKey, found: Item) -> str:
    """The id of what an earlier request made under the key. Raises `KeyReused`."""
    if found["fingerprint"] != idempotency_key.fingerprint:
        raise KeyReused
    return str(found["made"])
