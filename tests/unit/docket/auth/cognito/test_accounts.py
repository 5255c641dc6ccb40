from datetime import timedelta

import pytest

from docket.auth.cognito import accounts
from docket.domain.errors import EmailTaken, IdentityUnreachable, KeyReused
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest

pytestmark = pytest.mark.usefixtures("pool")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"


def register(full_name="Ada", key=None, password=PASSWORD, at=None, email=EMAIL):
    request = RegisterRequest(email=email, password=password, full_name=full_name)
    return accounts.register(request, key=key, at=at or now())


@pytest.fixture
def incomplete_account(pool, monkeypatch):
    """An account without a password, because the call that sets it failed."""

    def fail(*_):
        raise IdentityUnreachable

    with monkeypatch.context() as patch:
        patch.setattr(cognito, "set_password", fail)
        with pytest.raises(IdentityUnreachable):
            register("Half", key="key-1")


def test_an_incomplete_account_is_completed_by_a_later_registration(incomplete_account):
    user = register("Ada", email="Ada@example.com", at=now() + timedelta(minutes=2))

    assert (user.email, user.full_name) == ("Ada@example.com", "Ada")
    assert accounts.find_by_id(user.id) == user
    assert cognito.authenticate(EMAIL, PASSWORD) is not None


def test_an_incomplete_account_is_completed_by_the_repeated_request(incomplete_account):
    assert register("Half", key="key-1").full_name == "Half"

    assert cognito.authenticate(EMAIL, PASSWORD) is not None


def test_an_incomplete_account_is_not_completed_by_another_request(incomplete_account):
    with pytest.raises(EmailTaken):
        register("Eve", key="key-2")

    assert cognito.authenticate(EMAIL, PASSWORD) is None


def test_an_account_is_found_by_its_address_only():
    """The pool finds it by its id, too: whose tries would be counted as of another address."""
    user = register()

    assert accounts.find_by_address(EMAIL) == user
    assert accounts.find_by_address(user.id) is None


@pytest.mark.parametrize(
    "attributes",
    [{"email_verified": "true"}, {"email_verified": "true", cognito.TYPED_EMAIL: EMAIL}, {}],
    ids=["verified", "verified, typed", "neither"],
)
def test_an_account_that_an_operator_invited_is_not_completed(pool, attributes):
    invite(pool, attributes)

    with pytest.raises(EmailTaken):
        register(password="an attempt of a stranger")

    assert cognito.authenticate(EMAIL, "an attempt of a stranger") is None


def test_an_account_from_before_all_reservations_of_its_address_is_not_completed(pool):
    invite(pool, {cognito.TYPED_EMAIL: EMAIL})

    with pytest.raises(EmailTaken):
        register(at=now() + timedelta(minutes=2))


def invite(pool, attributes):
    """Create an account as an operator does, whose owner has not chosen a password yet."""
    cognito._client().admin_create_user(
        UserPoolId=pool,
        Username=EMAIL,
        UserAttributes=[
            {"Name": name, "Value": value} for name, value in {"email": EMAIL, **attributes}.items()
        ],
        TemporaryPassword="a temporary pass phrase",
        MessageAction="SUPPRESS",
    )


def test_a_complete_account_stays_after_its_reservation_expires():
    register()

    with pytest.raises(EmailTaken):
        register(at=now() + timedelta(days=2))


def test_a_key_of_a_stranger_tells_nothing_about_the_password():
    register(at=now() - timedelta(days=2))
    for password in (PASSWORD, PASSWORD, "nine yellow umbrellas"):
        with pytest.raises(EmailTaken):
            register(key="key-2", password=password, at=now() + timedelta(minutes=2))


def test_a_repeated_registration_returns_its_account():
    first = register(key="key-1")

    assert register(key="key-1", at=now() + timedelta(hours=1)) == first
    for other in (
        {"password": "nine yellow umbrellas"},
        {"email": EMAIL.upper()},
        {"full_name": "Ada Lovelace"},
    ):
        with pytest.raises(KeyReused):
            register(key="key-1", **other)
