from functions.auth import login, me


def test_who_is_signed_in_is_told_who_they_are(call, ada):
    user = call(login, "POST", "login", ada).json["user"]

    reply = call(me, "GET", "me", caller={"user_id": user["id"], "session_id": "S1"})

    assert reply.status == 200
    assert reply.json == user


def test_nobody_is_told_to_sign_in(call, either):
    reply = call(me, "GET", "me")

    assert reply.status == 401
    assert reply.json == {
        "error": "Please sign in.",
        "code": "not_signed_in",
        "params": {},
        "request_id": "request-1",
    }


def test_who_was_removed_is_signed_in_no_more(call, either):
    ghost = {"user_id": "00000000-0000-0000-0000-000000000000", "session_id": "S1"}

    assert call(me, "GET", "me", caller=ghost).status == 401
