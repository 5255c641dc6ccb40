import pytest

from functions.exports import get as get_export
from functions.exports import request as request_export
from tests.unit.functions.exports.test_download import make_export


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table have these functions."""


@pytest.fixture
def state(call, session):
    def fetch(caller=session):
        reply = call(get_export, "GET", "me/export", caller=caller)
        assert reply.status == 200
        return reply.json

    return fetch


def test_without_a_request_there_is_none(state):
    assert state() == {"status": "none", "requested_at": None, "expires_at": None, "archives": []}


@pytest.mark.usefixtures("bucket")
def test_an_export_is_shown_until_it_expires(call, session, state, queues, later):
    call(request_export, "POST", "me/export", caller=session)
    assert state()["status"] == "making"

    make_export(queues)
    ready = state()
    assert ready["status"] == "ready"
    assert [archive["number"] for archive in ready["archives"]] == [1]
    assert ready["archives"][0]["size"] > 0

    later(get_export, days=7, minutes=1)
    expired = state()
    assert (expired["status"], expired["archives"]) == ("expired", [])
    assert expired["expires_at"] == ready["expires_at"]

    later(get_export, days=38)
    assert state()["status"] == "none"


def test_another_customer_has_none(call, session, state, queues):
    call(request_export, "POST", "me/export", caller=session)

    assert state(session | {"user_id": "eve"})["status"] == "none"
