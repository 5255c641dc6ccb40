from functions.account import get as me
from functions.auth import login


def test_the_caller_gets_their_user(call, ada):
    user = call(login, "POST", "login", ada).json["user"]

    reply = call(me, "GET", "me", caller={"user_id": user["id"], "session_id": "S1"})

    assert reply.status == 200
    assert reply.json == user


def test_a_request_without_a_caller_is_rejected(call, identity_provider):
    reply = call(me, "GET", "me")

    assert reply.status == 401
    assert reply.json == {
        "error": "Please sign in.",
        "code": "not_signed_in",
        "params": {},
        "request_id": "request-1",
    }


def test_a_deleted_user_is_not_signed_in(call, identity_provider):
    deleted_user = {"user_id": "00000000-0000-0000-0000-000000000000", "session_id": "S1"}

    assert call(me, "GET", "me", caller=deleted_user).status == 401
