from datetime import timedelta

import pyotp
import pytest

from docket.auth import accounts
from docket.auth.account_security import second_factors, sessions
from docket.auth.account_security.credentials import credentials
from docket.domain.accounts.user import LoginStep, RequestDevice
from docket.domain.errors import ConcurrentChange, NotSignedIn
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, users
from docket.table.accounts import second_factors as table
from docket.table.accounts.sessions import require_open_session
from tests.table_state import open_session

pytestmark = pytest.mark.usefixtures("identity_provider")

DEVICE = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada(identity_provider):
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    user = accounts().register(request, key=None, at=now())
    return open_session(user.id)


def test_a_change_of_the_account_meanwhile_refuses_the_factor(ada, monkeypatch):
    secret, _ = second_factors.begin(ada, at=now())
    credential = credentials().of(ada.user_id)
    assert credential.user
    client.write(*credential.second_factor_writes(is_on=False))
    monkeypatch.setattr(second_factors, "_credential", lambda _: (credential, credential.user))

    with pytest.raises(ConcurrentChange):
        second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())


@pytest.mark.parametrize("identity_provider", ["jwt_stage"], indirect=True)
def test_an_address_that_moves_keeps_its_factor(ada):
    secret, _ = second_factors.begin(ada, at=now())
    second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())
    credential = users.credential("ada@example.com")
    assert credential
    client.write(*users.move_writes(credential, "lovelace@example.com"))

    moved = users.credential("lovelace@example.com")
    assert moved
    assert moved.user.second_factor
    code = pyotp.TOTP(secret).at(now() + timedelta(seconds=30))
    assert second_factors._right_code(moved.user, code, at=now() + timedelta(seconds=30))


def test_a_login_with_a_code_records_the_use_of_the_account(ada):
    secret, _ = second_factors.begin(ada, at=now())
    second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())
    at = now() + timedelta(seconds=30)
    step = sessions.login("ada@example.com", "seven purple bicycles", device=DEVICE, at=at)
    assert isinstance(step, LoginStep)

    second_factors.login(step.token, pyotp.TOTP(secret).at(at), device=DEVICE, at=at)

    assert account_access.find(ada.user_id).used_at == at


@pytest.mark.parametrize("use", [second_factors.begin, second_factors.remove])
def test_a_deleted_account_has_no_factor(use, identity_provider):
    fields = {"device": DEVICE} if use is second_factors.remove else {}
    with pytest.raises(NotSignedIn):
        use(open_session("nobody"), at=now(), **fields)


def test_a_factor_that_is_confirmed_meanwhile_is_not_removed(ada, monkeypatch):
    secret, _ = second_factors.begin(ada, at=now())
    unconfirmed = table.find(ada.user_id)
    second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())
    session = require_open_session(ada.caller, at=now())
    monkeypatch.setattr(table, "find", lambda _: unconfirmed)

    with pytest.raises(ConcurrentChange):
        second_factors.remove(session, device=DEVICE, at=now())
    monkeypatch.undo()
    assert table.find(ada.user_id)
