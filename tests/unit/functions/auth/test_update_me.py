import pytest

from functions.auth import login, me, update_me


@pytest.fixture
def named(call, ada):
    user = call(login, "POST", "login", ada).json["user"]
    return {"user_id": user["id"], "session_id": "S1"}


def test_a_new_name_is_the_one_shown_everywhere(call, ada, named):
    reply = call(update_me, "PATCH", "me", {"full_name": "Ada Lovelace"}, caller=named)

    assert reply.status == 200
    assert reply.json["full_name"] == "Ada Lovelace"
    assert call(me, "GET", "me", caller=named).json == reply.json
    assert call(login, "POST", "login", ada).json["user"] == reply.json


def test_a_name_can_be_taken_away(call, named):
    reply = call(update_me, "PATCH", "me", {"full_name": None}, caller=named)

    assert (reply.status, reply.json["full_name"]) == (200, None)


@pytest.mark.parametrize("body", [{}, {"full_name": 7}, {"full_name": "x" * 201}, {"email": "x"}])
def test_nothing_else_can_be_changed(call, named, body):
    assert call(update_me, "PATCH", "me", body, caller=named).status == 400


def test_nobody_has_no_name_to_change(call, either):
    assert call(update_me, "PATCH", "me", {"full_name": "Eve"}).status == 401
