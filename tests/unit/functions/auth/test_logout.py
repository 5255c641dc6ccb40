from docket.auth import tokens
from docket.runtime.clock import now
from docket.table import sessions
from functions.auth import login, logout, register
from tests.unit.functions.auth.conftest import PASSWORD

BODY = {"email": "ada@example.com", "password": PASSWORD}


def test_who_leaves_is_signed_in_no_more_and_their_cookie_is_gone(call, jwt_stage):
    call(register, "POST", "register", BODY)
    who = tokens.read(call(login, "POST", "login", BODY).json["access_token"])
    named = {"user_id": who.user_id, "session_id": who.session_id}

    reply = call(logout, "POST", "logout", caller=named)

    assert reply.status == 200
    assert reply.json == {"message": "You are logged out"}
    assert "Max-Age=0" in reply.cookies[0]
    assert not sessions.is_open(who, at=now())
    assert call(logout, "POST", "logout", caller=named).status == 200


def test_nobody_cannot_leave(call, jwt_stage):
    assert call(logout, "POST", "logout").status == 401


def test_who_leaves_the_pool_without_a_refresh_token_is_signed_out_everywhere(call, pool):
    user = call(register, "POST", "register", BODY).json["user"]
    named = {"user_id": user["id"], "session_id": "S1"}

    reply = call(logout, "POST", "logout", caller=named)

    assert reply.status == 200
    assert "Max-Age=0" in reply.cookies[0]
