from datetime import timedelta

from docket.domain.accounts.user import Caller
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import account_access, sessions
from functions.sessions import end_others as end_other_sessions
from tests.dynamodb_faults import lost_replies
from tests.make_people import a_session

ID, OTHER = "01JD0000000000000000000001", "01JD0000000000000000000002"


def open_session(session_id, user_id="ada", **fields):
    usual = {"expires_at": now() + timedelta(days=1), "ends_at": now() + timedelta(days=2)}
    session = a_session(id=session_id, user_id=user_id, **{**usual, **fields})
    client.write(sessions.put(session))


def end_others(call, session_id=ID, verified_at=None):
    verified_at = verified_at or now()
    caller = {"user_id": "ada", "session_id": session_id, "verified_at": verified_at.isoformat()}
    return call(end_other_sessions, "DELETE", "sessions", caller=caller)


def is_open(session_id, user_id="ada"):
    return sessions.is_open(Caller(user_id=user_id, session_id=session_id), at=now())


def test_all_other_sessions_of_the_caller_end(call, jwt_stage):
    open_session(ID)
    open_session(OTHER)
    open_session(OTHER, "eve")

    with lost_replies():
        reply = end_others(call)

    assert reply.status == 200
    assert (is_open(ID), is_open(OTHER), is_open(OTHER, "eve")) == (True, False, True)


def test_a_later_session_may_end_the_one_that_was_left(call, jwt_stage):
    open_session(ID)
    end_others(call)
    open_session(OTHER, created_at=now(), generation=account_access.find("ada").generation)

    end_others(call, OTHER)

    assert (is_open(ID), is_open(OTHER)) == (False, True)


def test_who_was_not_present_lately_ends_no_session(call, jwt_stage):
    open_session(OTHER)

    reply = end_others(call, verified_at=now() - timedelta(hours=1))

    assert reply.refusal == (403, "reauthentication_required")
    assert is_open(OTHER)
