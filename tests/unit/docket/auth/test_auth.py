"""Accounts and sessions with each identity provider: jwt and cognito."""

import pytest

from docket import auth
from docket.domain import rate_limits
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import (
    EmailTaken,
    KeyReused,
    NotSignedIn,
    TooManyTries,
    WrongCredentials,
)
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest

pytestmark = pytest.mark.usefixtures("identity_provider")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = RequestDevice(address="203.0.113.7", agent="a browser")


def register(email=EMAIL, password=PASSWORD, key=None, full_name="Ada"):
    request = RegisterRequest(email=email, password=password, full_name=full_name)
    return auth.accounts().register(request, key=key, at=now())


def login(email=EMAIL, password=PASSWORD, device=HOME):
    return auth.sessions().login(email, password, device=device, at=now())


def test_a_registered_user_can_log_in():
    user = register()

    auth_result = login("Ada@Example.com")

    assert auth_result.user == user
    assert (user.email, user.full_name, user.email_verified) == (EMAIL, "Ada", False)
    assert auth_result.access_token
    assert auth_result.refresh_token
    assert auth_result.refresh_seconds == 2592000


def test_an_address_is_registered_once_in_any_case():
    register()

    with pytest.raises(EmailTaken):
        register("ADA@example.com", "another long password")
    assert login().user.email == EMAIL


def test_a_repeated_registration_returns_the_same_user():
    user = register(key="key-1")

    assert register(key="key-1") == user
    with pytest.raises(KeyReused):
        register(key="key-1", password="another long password")
    with pytest.raises(EmailTaken):
        register(key="key-2")
    with pytest.raises(EmailTaken):
        register()


def test_a_wrong_password_and_an_unknown_address_are_the_same_error():
    register()

    for email, password in ((EMAIL, "a guess"), ("eve@example.com", PASSWORD), ("no one", "x")):
        with pytest.raises(WrongCredentials):
            login(email, password)


def test_guesses_are_limited_without_locking_out_the_owner():
    register()
    for _ in range(rate_limits.NETWORK_LIMIT):
        with pytest.raises(WrongCredentials):
            login(password="a guess")

    with pytest.raises(TooManyTries):
        login()
    assert login(device=RequestDevice(address="198.51.100.1")).user.email == EMAIL


def test_an_unknown_address_has_the_same_limit():
    for _ in range(rate_limits.NETWORK_LIMIT):
        with pytest.raises(WrongCredentials):
            login("nobody@example.com")

    with pytest.raises(TooManyTries):
        login("nobody@example.com")


def test_successful_logins_are_not_limited():
    register()

    for _ in range(rate_limits.NETWORK_LIMIT + 2):
        login()


def test_a_user_can_change_and_remove_their_name():
    user = register()
    caller = Caller(user_id=user.id, session_id="S1")

    auth.accounts().rename(caller, "Ada Lovelace")
    assert auth.accounts().find(caller).full_name == "Ada Lovelace"
    assert login().user.full_name == "Ada Lovelace"

    assert auth.accounts().rename(caller, None).full_name is None
    assert auth.accounts().find(caller).full_name is None


def test_a_deleted_user_is_not_signed_in():
    deleted_user = Caller(user_id="00000000-0000-0000-0000-000000000000", session_id="S1")

    with pytest.raises(NotSignedIn):
        auth.accounts().find(deleted_user)
    with pytest.raises(NotSignedIn):
        auth.accounts().rename(deleted_user, "Casper")
