from datetime import timedelta

import pytest

from docket.domain.accounts.user import Device
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import sessions
from functions.sessions import list as function
from tests.make_people import a_session

CALLER = {"user_id": "ada", "session_id": "01JD0000000000000000000001"}


@pytest.fixture
def send(call, jwt_stage):
    return lambda: call(function, "GET", "sessions", caller=CALLER)


def sign_in(number, **fields):
    usual = {"expires_at": now() + timedelta(days=30), "ends_at": now() + timedelta(days=2)}
    session = a_session(id=f"01JD000000000000000000000{number}", **{**usual, **fields})
    client.write(sessions.put(session))
    return session


def test_a_customer_sees_where_they_are_signed_in(send):
    current, other = sign_in(1), sign_in(2)
    sign_in(3, user_id="eve")
    sign_in(4, expires_at=now())

    reply = send()

    assert [item["id"] for item in reply.json] == [other.id, current.id]
    assert [item["is_current"] for item in reply.json] == [False, True]


def test_a_session_names_its_device_its_place_and_its_times(send):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
    device = Device(address="203.0.113.7", agent=agent, place="Bern, CH")
    session = sign_in(2, device=device)

    item = send().json[0]

    assert {name: item[name] for name in ("browser", "system", "network_address", "place")} == {
        "browser": "Firefox",
        "system": "Linux",
        "network_address": "203.0.113.7",
        "place": "Bern, CH",
    }
    assert item["created_at"] == item["used_at"] == "2026-11-02T09:30:00Z"
    assert item["ends_at"].startswith(f"{session.ends_at:%Y-%m-%dT%H:%M}")
    assert "hash" not in str(item)
