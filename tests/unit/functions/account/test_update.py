import pytest

from functions.account import delete as delete_me
from functions.account import get as me
from functions.account import update as update_me
from functions.auth import login
from tests.unit.functions.conftest import WITH_EACH_IDENTITY


@pytest.fixture
def caller_fields(call, ada):
    user = call(login, "POST", "login", ada).json["user"]
    return {"user_id": user["id"], "session_id": "S1"}


def test_a_new_name_is_returned_everywhere(call, ada, caller_fields):
    reply = call(update_me, "PATCH", "me", {"full_name": "Ada Lovelace"}, caller=caller_fields)

    assert reply.status == 200
    assert reply.json["full_name"] == "Ada Lovelace"
    assert call(me, "GET", "me", caller=caller_fields).json == reply.json
    assert call(login, "POST", "login", ada).json["user"] == reply.json


def test_a_name_can_be_removed(call, caller_fields):
    reply = call(update_me, "PATCH", "me", {"full_name": None}, caller=caller_fields)

    assert (reply.status, reply.json["full_name"]) == (200, None)


@pytest.mark.parametrize("body", [{}, {"full_name": 7}, {"full_name": "x" * 201}, {"email": "x"}])
def test_an_invalid_body_is_a_bad_request(call, caller_fields, body):
    assert call(update_me, "PATCH", "me", body, caller=caller_fields).status == 400


def test_a_request_without_a_caller_is_rejected(call, identity_provider):
    assert call(update_me, "PATCH", "me", {"full_name": "Eve"}).status == 401


@WITH_EACH_IDENTITY
def test_a_request_that_overtakes_the_deletion_of_its_account_is_refused(call, session, minute):
    call(delete_me, "DELETE", "me", caller=session)

    for after in (0, 2):
        reply = call(update_me, "PATCH", "me", {"full_name": "Eve"}, caller=session)
        assert reply.status < 500
        minute(after)
    assert call(update_me, "PATCH", "me", {"full_name": "Eve"}, caller=session).status in {401, 409}
