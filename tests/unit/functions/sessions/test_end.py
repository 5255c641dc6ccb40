from datetime import timedelta

import pytest

from docket.domain.accounts.user import Caller
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import sessions
from functions.sessions import end as end_session
from tests.make_people import RECENTLY, a_session
from tests.table_state import open_session

ID, OTHER = "01JD0000000000000000000001", "01JD0000000000000000000002"
ADA = {"user_id": "ada", "session_id": ID, "verified_at": RECENTLY}


@pytest.fixture
def send(call, jwt_stage):
    for session_id in (ID, OTHER):
        times = {"expires_at": now() + timedelta(days=1), "ends_at": now() + timedelta(days=2)}
        client.write(sessions.put(a_session(id=session_id, **times)))
    return lambda session_id, caller=ADA: call(
        end_session, "DELETE", f"sessions/{session_id}", caller=caller
    )


def is_open(session_id):
    return sessions.is_open(Caller(user_id="ada", session_id=session_id), at=now())


@pytest.mark.parametrize("session_id", [ID, OTHER])
def test_one_session_ends(send, session_id):
    assert send(session_id).status == 200

    assert {name for name in (ID, OTHER) if is_open(name)} == {ID, OTHER} - {session_id}


def test_a_session_ends_once(send):
    send(OTHER)

    assert send(OTHER).refusal == (404, "session_not_found")


def test_a_session_that_ended_with_others_is_not_found(send):
    sessions.end_others(Caller(user_id="ada", session_id=ID), at=now())

    assert send(OTHER).refusal == (404, "session_not_found")


def test_another_customers_session_is_not_ended(send):
    eve = {
        "user_id": "eve",
        "session_id": open_session("eve").session_id,
        "verified_at": RECENTLY,
    }

    assert send(OTHER, eve).refusal == (404, "session_not_found")
    assert is_open(OTHER)


def test_an_id_that_cannot_exist_is_not_found(send):
    assert send("ACCESS").status == 404


def test_who_was_not_present_lately_ends_no_session(send):
    earlier = {**ADA, "verified_at": (now() - timedelta(hours=1)).isoformat()}

    assert send(OTHER, earlier).refusal == (403, "reauthentication_required")
    assert is_open(OTHER)
