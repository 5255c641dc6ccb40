"""What holds whoever signs people in: our own tokens, and a user pool."""

import pytest

from docket import auth
from docket.domain import rate_limits
from docket.domain.errors import (
    EmailTaken,
    KeyReused,
    NotSignedIn,
    TooManyTries,
    WrongCredentials,
)
from docket.domain.user import Caller, Device
from docket.runtime.clock import now
from docket.schemas.auth import RegisterRequest

pytestmark = pytest.mark.usefixtures("either")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = Device(address="203.0.113.7", agent="a browser")


def register(email=EMAIL, password=PASSWORD, key=None, full_name="Ada"):
    wanted = RegisterRequest(email=email, password=password, full_name=full_name)
    return auth.accounts().register(wanted, key=key, at=now())


def login(email=EMAIL, password=PASSWORD, device=HOME):
    return auth.sessions().login(email, password, device=device, at=now())


def test_who_has_registered_can_sign_in_and_is_who_they_were():
    user = register()

    entry = login("Ada@Example.com")

    assert entry.user == user
    assert (user.email, user.full_name, user.email_verified) == (EMAIL, "Ada", False)
    assert entry.access_token
    assert entry.refresh_token
    assert entry.refresh_seconds == 2592000


def test_an_address_is_taken_once_however_it_is_written():
    register()

    with pytest.raises(EmailTaken):
        register("ADA@example.com", "another long password")
    assert login().user.email == EMAIL


def test_a_request_repeated_under_its_key_gets_the_same_answer_and_another_one_does_not():
    user = register(key="key-1")

    assert register(key="key-1") == user
    with pytest.raises(KeyReused):
        register(key="key-1", password="another long password")
    with pytest.raises(EmailTaken):
        register(key="key-2")
    with pytest.raises(EmailTaken):
        register()


def test_a_wrong_password_and_an_unknown_address_are_refused_alike():
    register()

    for email, password in ((EMAIL, "a guess"), ("eve@example.com", PASSWORD), ("no one", "x")):
        with pytest.raises(WrongCredentials):
            login(email, password)


def test_who_guesses_is_stopped_and_the_owner_is_not():
    register()
    for _ in range(rate_limits.FEW):
        with pytest.raises(WrongCredentials):
            login(password="a guess")

    with pytest.raises(TooManyTries):
        login()
    assert login(device=Device(address="198.51.100.1")).user.email == EMAIL


def test_an_address_that_nobody_has_is_throttled_as_one_that_somebody_has():
    for _ in range(rate_limits.FEW):
        with pytest.raises(WrongCredentials):
            login("nobody@example.com")

    with pytest.raises(TooManyTries):
        login("nobody@example.com")


def test_who_signs_in_often_is_not_taken_for_one_who_guesses():
    register()

    for _ in range(rate_limits.FEW + 2):
        login()


def test_a_new_name_is_the_one_that_is_shown_from_then_on():
    user = register()
    caller = Caller(user_id=user.id, session_id="S1")

    auth.accounts().rename(caller, "Ada Lovelace")
    assert auth.accounts().find(caller).full_name == "Ada Lovelace"
    assert login().user.full_name == "Ada Lovelace"

    assert auth.accounts().rename(caller, None).full_name is None
    assert auth.accounts().find(caller).full_name is None


def test_somebody_who_is_no_more_is_signed_in_no_more():
    ghost = Caller(user_id="00000000-0000-0000-0000-000000000000", session_id="S1")

    with pytest.raises(NotSignedIn):
        auth.accounts().find(ghost)
    with pytest.raises(NotSignedIn):
        auth.accounts().rename(ghost, "Casper")
