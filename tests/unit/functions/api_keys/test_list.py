from datetime import timedelta

import pytest

from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, api_keys
from functions.api_keys import list as list_keys
from tests.make_people import a_mail, an_api_key

ADA = {"user_id": "ada", "session_id": "S1"}


@pytest.fixture
def listed(call, jwt_stage):
    api_keys.create(an_api_key(created_at=now(), expires_at=now() + timedelta(days=1)), a_mail())
    return lambda caller=ADA: call(list_keys, "GET", "keys", caller=caller).json


def test_a_key_is_listed_without_its_hash(listed):
    (key,) = listed()

    assert key["name"] == "Import"
    assert key["status"] == "active"
    assert key["last_used_at"] is None
    assert "hash" not in key


def test_keys_are_listed_newest_first(listed):
    later = an_api_key(id="01JD0000000000000000000002", hash="b" * 64, expires_at=now())
    api_keys.create(later, a_mail(id="M2"))

    assert [(key["id"][-1], key["status"]) for key in listed()] == [
        ("2", "expired"),
        ("1", "active"),
    ]


def test_a_key_that_ended_with_all_others_is_listed_as_ended(listed):
    client.write(account_access.end_sessions_write("ada", at=now(), with_keys=True))

    assert [key["status"] for key in listed()] == ["ended"]


def test_the_keys_of_another_customer_are_not_listed(listed):
    assert listed({"user_id": "eve", "session_id": "S1"}) == []
