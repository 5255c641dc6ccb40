"""Idempotency keys: a request with a key creates an object once.

The item of a key is put in the transaction that creates an object. It contains the id of the object
and a fingerprint of the request: a repeated request gets the same result, and another request with
the same key is refused.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from docket.domain.errors import DocketError, KeyReused
from docket.domain.idempotency import IdempotencyKey
from docket.table import client, keys
from docket.table.items.attributes import Item

LIFETIME = timedelta(hours=24)


def put(idempotency_key: IdempotencyKey, created_id: str, *, at: datetime) -> client.Put:
    """The write that stores the key with `created_id`, the id of what the request creates.

    DynamoDB may take days to delete an expired item, so an expired key counts as absent.
    """
    return client.Put(
        item={
            **keys.idempotency_key(
                idempotency_key.user_id, idempotency_key.operation, idempotency_key.key
            ),
            "created_id": created_id,
            "fingerprint": idempotency_key.fingerprint,
            "ttl": int((at + LIFETIME).timestamp()),
        },
        condition="attribute_not_exists(PK) OR #ttl <= :now",
        values={"now": int(at.timestamp())},
    )


def of_user(user_id: str) -> Iterator[Item]:
    """The stored keys of a customer's requests, without their key of the table."""
    partition = keys.user_partition(user_id)
    for item in client.query(partition=partition, prefix=keys.IDEMPOTENCY_KEYS):
        operation, _, key = item["SK"].removeprefix(keys.IDEMPOTENCY_KEYS).partition("#")
        yield {**item, "operation": operation, "key": key}


type Requirement = Callable[[], object]
"""It raises a `DocketError` if a request must be refused."""


def refusal(require: Requirement) -> DocketError | None:
    """What `require` raises, to be raised unless an earlier request with the key succeeded.

    None if it raises nothing.
    """
    try:
        require()
    except DocketError as error:
        return error
    return None


def get(idempotency_key: IdempotencyKey, *, at: datetime) -> str | None:
    """The id of the object that an earlier request with the key created; None if there was none.

    Raises `KeyReused`.
    """
    item = client.get(
        keys.idempotency_key(
            idempotency_key.user_id, idempotency_key.operation, idempotency_key.key
        )
    )
    if item is None or item["ttl"] <= int(at.timestamp()):
        return None
    return existing_id(idempotency_key, item)


def existing_id(idempotency_key: IdempotencyKey, stored_item: Item) -> str:
    """The id of the object that an earlier request with the key created. Raises `KeyReused`."""
    if stored_item["fingerprint"] != idempotency_key.fingerprint:
        raise KeyReused
    return str(stored_item["created_id"])
