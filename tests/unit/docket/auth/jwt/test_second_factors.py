from datetime import timedelta

import pyotp
import pytest

from docket.auth.jwt import accounts, second_factors
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import ConcurrentChange, NotSignedIn
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import users

pytestmark = pytest.mark.usefixtures("jwt_stage")

DEVICE = RequestDevice(address="203.0.113.7")
NOBODY = Caller(user_id="nobody", session_id="S1")


@pytest.fixture
def ada():
    request = RegisterRequest(email="ada@example.com", password="seven purple bicycles")
    user = accounts.register(request, key=None, at=now())
    return Caller(user_id=user.id, session_id="S1")


def test_a_change_of_the_account_meanwhile_refuses_the_factor(ada, monkeypatch):
    secret, _ = second_factors.begin(ada, at=now())
    known = users.credential("ada@example.com")
    assert known
    client.write(*users.password_writes(known, "another hash"))
    monkeypatch.setattr(second_factors, "_credential", lambda _: known)

    with pytest.raises(ConcurrentChange):
        second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())


def test_an_address_that_moves_keeps_its_factor(ada):
    secret, _ = second_factors.begin(ada, at=now())
    second_factors.confirm(ada, pyotp.TOTP(secret).now(), device=DEVICE, at=now())
    known = users.credential("ada@example.com")
    assert known
    client.write(*users.move_writes(known, "lovelace@example.com"))

    moved = users.credential("lovelace@example.com")
    assert moved
    assert moved.user.second_factor
    code = pyotp.TOTP(secret).at(now() + timedelta(seconds=30))
    assert second_factors._right_code(moved.user, code, at=now() + timedelta(seconds=30))


@pytest.mark.parametrize("use", [second_factors.begin, second_factors.remove])
def test_a_deleted_account_has_no_factor(use, jwt_stage):
    fields = {"device": DEVICE} if use is second_factors.remove else {}
    with pytest.raises(NotSignedIn):
        use(NOBODY, at=now(), **fields)
