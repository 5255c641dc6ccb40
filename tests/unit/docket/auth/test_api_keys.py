from datetime import timedelta

import pytest

from docket.auth import api_keys
from docket.domain import rate_limits as limits
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import TooManyTries
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.table.accounts import api_keys as api_key_table
from docket.table.accounts import users
from tests.make_people import THEN, a_credential
from tests.table_state import open_session

ADA = Caller(user_id="ada", session_id="S1")
REQUEST = CreateApiKeyRequest(name="Import", scopes=["read"], expires_in_days=30)


@pytest.fixture
def text(jwt_stage):
    users.add(a_credential())
    device = RequestDevice(address="::1")
    return api_keys.create(open_session(at=THEN), REQUEST, device=device, at=THEN).text


def test_a_key_is_usable_until_it_expires(text):
    usable = api_keys.use(text, at=THEN)

    assert usable is not None
    assert usable.key.user_id == "ada"
    assert api_keys.use(text, at=THEN + timedelta(days=30)) is None


def test_the_last_use_is_recorded_once_an_hour(text):
    uses = [THEN + timedelta(minutes=minutes) for minutes in (0, 30, 59, 61, 90)]

    for at in uses:
        api_keys.use(text, at=at)

    (key,) = api_key_table.of_user("ada")
    assert key.last_used_at == uses[3]


def test_a_key_that_is_used_too_often_is_refused_until_the_window_ends(text, monkeypatch):
    monkeypatch.setattr(limits, "KEY_LIMIT", 2)
    api_keys.use(text, at=THEN)
    api_keys.use(text, at=THEN)

    with pytest.raises(TooManyTries) as refused:
        api_keys.use(text, at=THEN)

    later = THEN + timedelta(seconds=refused.value.retry_after)
    assert api_keys.use(text, at=later) is not None


def test_what_is_no_key_is_not_looked_up():
    """Without a table."""
    assert api_keys.use("dk_live_secret", at=THEN) is None
