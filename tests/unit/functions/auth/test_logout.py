from docket.auth import tokens
from docket.runtime.clock import now
from docket.table.accounts import sessions
from functions.auth import login, logout, register
from tests.unit.functions.conftest import PASSWORD

BODY = {"email": "ada@example.com", "password": PASSWORD}


def test_logout_ends_the_session_and_expires_the_cookie(call, identity_provider):
    call(register, "POST", "register", BODY)
    user_session = tokens.read(call(login, "POST", "login", BODY).json["access_token"])
    caller = {"user_id": user_session.user_id, "session_id": user_session.session_id}

    reply = call(logout, "POST", "logout", caller=caller)

    assert reply.status == 200
    assert reply.json == {"message": "You are logged out"}
    assert "Max-Age=0" in reply.cookies[0]
    assert not sessions.is_open(user_session, at=now())
    assert call(logout, "POST", "logout", caller=caller).status == 200


def test_logout_without_a_caller_is_rejected(call, jwt_stage):
    assert call(logout, "POST", "logout").status == 401


def test_logout_of_the_pools_session_expires_the_cookie(call, gateway_stage):
    user = call(register, "POST", "register", BODY).json["user"]
    caller = {"user_id": user["id"], "session_id": "S1"}

    reply = call(logout, "POST", "logout", caller=caller)

    assert reply.status == 200
    assert "Max-Age=0" in reply.cookies[0]
