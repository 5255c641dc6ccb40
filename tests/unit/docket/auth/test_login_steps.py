from datetime import timedelta

import pytest

from docket.auth import login_steps, tokens
from docket.domain.accounts.user import Caller
from docket.domain.errors import LoginExpired, NotSignedIn
from docket.runtime.clock import now
from tests.make_people import a_user

pytestmark = pytest.mark.usefixtures("jwt_stage")

ADA = a_user(version=3)


def test_a_token_names_the_account_and_its_version():
    token = login_steps.issue(ADA, at=now())

    assert login_steps.read(token, at=now()) == (ADA.id, 3)


def test_a_token_expires():
    token = login_steps.issue(ADA, at=now())
    later = now() + login_steps.LIFETIME

    with pytest.raises(LoginExpired):
        login_steps.read(token, at=later)
    with pytest.raises(LoginExpired):
        login_steps.read(login_steps.issue(ADA, at=now() - timedelta(minutes=6)), at=now())


def test_neither_token_can_be_used_as_the_other():
    with pytest.raises(NotSignedIn):
        tokens.read(login_steps.issue(ADA, at=now()))
    with pytest.raises(LoginExpired):
        login_steps.read(tokens.issue(Caller(user_id="ada", session_id="S1"), at=now()), at=now())


@pytest.mark.parametrize("token", ["", "a.b.c", "ü"])
def test_what_is_no_token_is_expired(token):
    with pytest.raises(LoginExpired):
        login_steps.read(token, at=now())
