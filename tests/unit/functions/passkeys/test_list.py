import pytest

from functions.passkeys import list as list_passkeys
from tests.soft_authenticator import SoftAuthenticator


@pytest.fixture
def identity_provider(jwt_stage):
    """The function is the same wherever accounts are."""


@pytest.fixture
def listed(call, session):
    return lambda caller=session: call(list_passkeys, "GET", "passkeys", caller=caller).json


def test_passkeys_are_listed_newest_first(listed, add_device):
    for name in ("Laptop", "Phone"):
        add_device(SoftAuthenticator(), name=name)

    assert [passkey["name"] for passkey in listed()] == ["Phone", "Laptop"]


def test_the_last_use_is_listed(listed, laptop, log_in_by):
    assert [passkey["used_at"] for passkey in listed()] == [None]

    log_in_by(laptop)

    assert listed()[0]["used_at"]


def test_those_of_another_customer_are_not_listed(listed, laptop):
    assert listed({"user_id": "eve", "session_id": "S1"}) == []
