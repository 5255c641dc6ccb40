from datetime import timedelta

import pytest

from docket.auth.tokens import RefreshToken
from docket.domain import rate_limits
from docket.runtime.clock import now
from docket.table import client, keys
from docket.table.accounts import sessions
from docket.table.client import Update
from functions.auth import login, reauthenticate, register
from tests.unit.functions.conftest import PASSWORD


@pytest.fixture
def session(call, identity_provider):
    """The session of a login an hour ago."""
    body = {"email": "ada@example.com", "password": PASSWORD}
    call(register, "POST", "register", body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(login, "now", lambda: now() - timedelta(hours=1))
        return RefreshToken.parse(call(login, "POST", "login", body).refresh_token).caller


@pytest.fixture
def send(call, session):
    caller = {"user_id": session.user_id, "session_id": session.session_id}
    return lambda password=PASSWORD: call(
        reauthenticate, "POST", "reauthenticate", {"password": password}, caller=caller
    )


def age_of_proof(session):
    found = sessions.find_open(session, at=now())
    assert found
    return now() - found.verified_at


def test_the_password_proves_that_the_customer_is_present(send, session):
    assert age_of_proof(session) > timedelta(minutes=59)

    assert send().status == 200

    assert age_of_proof(session) < timedelta(minutes=1)


def test_a_wrong_password_proves_nothing_and_tries_are_limited(send, session):
    for _ in range(rate_limits.OWNER_LIMIT):
        assert send("a guess").refusal == (401, "wrong_credentials")

    refused = send()

    assert refused.refusal == (429, "too_many_tries")
    assert int(refused.headers["Retry-After"]) > 0
    assert age_of_proof(session) > timedelta(minutes=59)


@pytest.mark.parametrize("identity_provider", ["jwt_stage"], indirect=True)
def test_the_password_of_who_has_the_address_now_proves_nothing(call, send, session):
    eve = {"email": "eve@example.com", "password": "seven orange bicycles"}
    call(register, "POST", "register", eve)
    client.update(
        Update(
            key=keys.user(session.user_id),
            condition="attribute_exists(PK)",
            set={("email",): eve["email"]},
        )
    )

    assert send(eve["password"]).refusal == (401, "wrong_credentials")


def test_without_a_password_nothing_is_proved(send):
    assert send("").status == 400
