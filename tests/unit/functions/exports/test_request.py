from datetime import timedelta

import pytest

from docket.runtime.clock import now
from functions.exports import request as request_export
from tests.unit.functions.exports.test_download import make_export


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table have these functions."""


def ask(call, session):
    return call(request_export, "POST", "me/export", caller=session)


def test_an_export_is_made_by_its_worker(call, session, queues):
    reply = ask(call, session)

    assert (reply.status, reply.json["status"]) == (202, "making")
    (message,) = queues["exports"].receive_all()
    assert message["user_id"] == session["user_id"]


def test_a_second_request_meanwhile_changes_nothing(call, session, queues):
    first = ask(call, session)

    assert ask(call, session).body == first.body
    assert len(queues["exports"].receive_all()) == 1


def test_another_export_waits_an_hour(call, session, queues, bucket, later):
    ask(call, session)
    make_export(queues)

    reply = ask(call, session)
    assert reply.refusal == (429, "too_many_tries")
    assert 3500 < int(reply.headers["Retry-After"]) <= 3600

    later(request_export, minutes=61)
    again = session | {"verified_at": (now() + timedelta(minutes=61)).isoformat()}
    assert ask(call, again).json["status"] == "making"


def test_a_request_needs_a_recent_confirmation(call, session, queues):
    old = session | {"verified_at": (now() - timedelta(minutes=16)).isoformat()}

    assert ask(call, old).refusal == (403, "reauthentication_required")
    assert queues["exports"].receive_all() == []
