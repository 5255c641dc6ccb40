from datetime import timedelta

import pytest

from docket.domain.errors import KeyReused
from docket.domain.idempotency import IdempotencyKey
from docket.table import client, idempotency_keys
from docket.table.client import ConditionFailed
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

KEY = IdempotencyKey(user_id="ada", operation="order", key="key-1", request="{}")


def store_again(idempotency_key, at=THEN):
    with pytest.raises(ConditionFailed) as refused:
        client.write(idempotency_keys.put(idempotency_key, "second", at=at))
    assert refused.value.stored_item is not None
    return idempotency_keys.existing_id(idempotency_key, refused.value.stored_item)


def test_a_repeated_request_gets_the_stored_id():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    assert store_again(KEY) == "first"


def test_another_request_with_the_same_key_is_rejected():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    with pytest.raises(KeyReused):
        store_again(
            IdempotencyKey(user_id="ada", operation="order", key="key-1", request='{"title":"x"}')
        )


def test_a_key_belongs_to_one_customer_and_kind():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    client.write(
        idempotency_keys.put(
            IdempotencyKey(user_id="eve", operation="order", key="key-1", request="{}"),
            "x",
            at=THEN,
        ),
        idempotency_keys.put(
            IdempotencyKey(user_id="ada", operation="document-1", key="key-1", request="{}"),
            "y",
            at=THEN,
        ),
    )


def test_an_expired_key_can_be_used_again():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))
    assert store_again(KEY, at=THEN + idempotency_keys.LIFETIME - timedelta(seconds=1)) == "first"

    client.write(idempotency_keys.put(KEY, "second", at=THEN + idempotency_keys.LIFETIME))

    assert store_again(KEY, at=THEN + idempotency_keys.LIFETIME) == "second"
