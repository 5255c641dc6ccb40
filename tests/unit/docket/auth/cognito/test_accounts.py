from datetime import timedelta

import pytest

from docket.auth.cognito import accounts
from docket.domain.errors import EmailTaken, IdentityUnreachable
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.auth import RegisterRequest

pytestmark = pytest.mark.usefixtures("pool")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"


def register(full_name="Ada", key=None, at=None):
    wanted = RegisterRequest(email=EMAIL, password=PASSWORD, full_name=full_name)
    return accounts.register(wanted, key=key, at=at or now())


@pytest.fixture
def half_made(pool, monkeypatch):
    """An account whose password was never set: the call was lost."""

    def lost(*_):
        raise IdentityUnreachable

    with monkeypatch.context() as broken:
        broken.setattr(cognito, "set_password", lost)
        with pytest.raises(IdentityUnreachable):
            register("Half", key="key-1")


def test_a_half_made_account_is_finished_by_registering_again_later(half_made):
    user = register("Ada", at=now() + timedelta(minutes=2))

    assert user.full_name == "Ada"
    assert cognito.authenticate(EMAIL, PASSWORD) is not None


def test_a_half_made_account_is_finished_at_once_by_the_same_request(half_made):
    assert register("Half", key="key-1").full_name == "Half"

    assert cognito.authenticate(EMAIL, PASSWORD) is not None


def test_while_one_registers_an_address_nobody_else_finishes_it_for_them(half_made):
    with pytest.raises(EmailTaken):
        register("Eve", key="key-2")

    assert cognito.authenticate(EMAIL, PASSWORD) is None


def test_a_finished_account_stays_taken_when_its_reservation_has_lapsed():
    register()

    with pytest.raises(EmailTaken):
        register(at=now() + timedelta(days=2))
