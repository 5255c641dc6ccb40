import pytest

from docket.domain.accounts.api_key import UsableKey
from docket.table.accounts import api_keys
from functions.api_keys import revoke as revoke_key
from tests.make_people import THEN, a_mail, an_api_key

ADA = {"user_id": "ada", "session_id": "S1"}
KEY = an_api_key()


@pytest.fixture
def revoke(call, jwt_stage):
    api_keys.create(KEY, a_mail())
    return lambda key_id=KEY.id, caller=ADA: call(
        revoke_key, "DELETE", f"keys/{key_id}", caller=caller
    )


def test_a_revoked_key_is_gone(revoke):
    assert revoke().status == 200

    assert api_keys.find_usable(KEY.hash, at=THEN) is None
    assert api_keys.of_user("ada") == []


def test_a_key_is_revoked_once(revoke):
    revoke()

    assert revoke().refusal == (404, "api_key_not_found")


def test_another_customers_key_is_not_revoked(revoke):
    eve = {"user_id": "eve", "session_id": "S1"}

    assert revoke(caller=eve).refusal == (404, "api_key_not_found")
    assert api_keys.find_usable(KEY.hash, at=THEN) == UsableKey(key=KEY)


def test_an_id_that_cannot_exist_is_not_found(revoke):
    assert revoke("ACCESS").status == 404
