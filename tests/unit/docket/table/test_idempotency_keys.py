from datetime import timedelta

import pytest

from docket.domain.errors import KeyReused
from docket.domain.idempotency import IdempotencyKey
from docket.table import client, idempotency_keys
from docket.table.client import ConditionFailed
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

KEY = IdempotencyKey(user_id="ada", what="order", key="key-1", request="{}")


def store_again(idempotency_key, at=THEN):
    with pytest.raises(ConditionFailed) as refused:
        client.write(idempotency_keys.put(idempotency_key, "second", at=at))
    assert refused.value.found is not None
    return idempotency_keys.existing_id(idempotency_key, refused.value.found)


def test_the_same_request_finds_what_it_made():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    assert store_again(KEY) == "first"


def test_another_request_under_the_key_is_refused():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    with pytest.raises(KeyReused):
        store_again(
            IdempotencyKey(user_id="ada", what="order", key="key-1", request='{"title":"x"}')
        )


def test_the_same_key_of_another_customer_or_for_another_thing_is_another_claim():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))

    client.write(
        idempotency_keys.put(
            IdempotencyKey(user_id="eve", what="order", key="key-1", request="{}"), "x", at=THEN
        ),
        idempotency_keys.put(
            IdempotencyKey(user_id="ada", what="document-1", key="key-1", request="{}"),
            "y",
            at=THEN,
        ),
    )


def test_a_claim_past_its_time_counts_as_gone_even_while_its_item_lingers():
    client.write(idempotency_keys.put(KEY, "first", at=THEN))
    assert store_again(KEY, at=THEN + idempotency_keys.LIFETIME - timedelta(seconds=1)) == "first"

    client.write(idempotency_keys.put(KEY, "second", at=THEN + idempotency_keys.LIFETIME))

    assert store_again(KEY, at=THEN + idempotency_keys.LIFETIME) == "second"
