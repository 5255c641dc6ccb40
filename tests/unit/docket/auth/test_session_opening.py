from datetime import timedelta

import pytest

from docket.auth import session_opening, tokens
from docket.domain.accounts.user import AccountAccess, Device
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import sessions
from tests.make_people import a_user

pytestmark = pytest.mark.usefixtures("jwt_stage")

ADA = a_user(id="01JD000000000000000000000A")
HOME = Device(address="203.0.113.7", agent="a browser", place="Bern")


def test_a_session_begins_verified_and_has_both_lifetimes():
    at = now().replace(microsecond=0)
    put, token = session_opening.new_session(ADA, AccountAccess(), HOME, at=at)
    client.write(put)

    session = sessions.find_open(token.caller, at=at)

    assert session
    assert (session.created_at, session.used_at, session.verified_at) == (at, at, at)
    assert session.expires_at == at + timedelta(days=30)
    assert session.ends_at == at + timedelta(days=180)
    assert session.device == HOME


def test_a_result_has_tokens_of_the_session_until_its_absolute_end():
    at = now()
    _, token = session_opening.new_session(ADA, AccountAccess(), HOME, at=at)

    result = session_opening.result_of(ADA, token, at=at)
    near_the_end = session_opening.result_of(ADA, token, at=at, ends_at=at + timedelta(hours=1))

    assert tokens.read(result.access_token) == token.caller
    assert result.refresh_token == str(token)
    assert (result.refresh_seconds, near_the_end.refresh_seconds) == (30 * 86_400, 3600)
