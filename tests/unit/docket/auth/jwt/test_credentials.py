"""Whose password is which, with accounts in the table."""

from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from docket.auth import password_hashing
from docket.auth.jwt import credentials
from docket.domain.errors import NotSignedIn
from docket.table import client, keys
from docket.table.accounts import users
from docket.table.client import ConditionFailed, Update
from tests.make_people import THEN, a_credential

pytestmark = pytest.mark.usefixtures("jwt_stage")

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"


def registered(password_hash):
    return users.add(replace(a_credential(EMAIL), password_hash=password_hash))


@pytest.fixture
def ada(jwt_stage):
    return registered(password_hashing.hashed(PASSWORD))


def test_the_hash_verifies_passwords(ada):
    for credential in (credentials.find(EMAIL), credentials.of(ada.user.id)):
        assert credential.user == ada.user
        assert credential.verify(PASSWORD)
        assert not credential.verify("a guess")


def test_nothing_verifies_no_password():
    credential = credentials.find(EMAIL)

    assert credential.user is None
    assert not credential.verify(PASSWORD)
    assert not credential.is_outdated
    assert credential.unchanged_writes(PASSWORD) == ()
    assert credentials.account("ada") is None
    with pytest.raises(NotSignedIn):
        credentials.of("ada")


def test_an_outdated_hash_is_replaced(jwt_stage):
    registered(PasswordHasher(time_cost=1, memory_cost=8 * 1024).hash(PASSWORD))
    credential = credentials.find(EMAIL)
    assert credential.is_outdated

    client.write(*credential.unchanged_writes(PASSWORD))

    assert not credentials.find(EMAIL).is_outdated
    assert credentials.find(EMAIL).verify(PASSWORD)


def test_no_password_is_verified_after_its_removal(ada):
    client.write(*users.remove_password_writes(ada))
    credential = credentials.find(EMAIL)

    assert credential.user
    assert not credential.user.has_password
    assert not credential.verify(PASSWORD)
    assert not credential.is_outdated
    assert credential.unchanged_writes(PASSWORD) == ()


def test_a_password_is_set_again(ada, jwt_stage):
    client.write(*users.remove_password_writes(ada))
    removed = credentials.find(EMAIL)

    writes, _ = removed.replace_password(
        PASSWORD, field="password", replaced=None, verified=True, lease=None, at=THEN
    )
    client.write(*writes)

    account = credentials.account(ada.user.id)
    assert credentials.find(EMAIL).verify(PASSWORD)
    assert credentials.find(EMAIL).user == account
    assert account
    assert account.has_password


def test_a_changed_account_refuses_the_writes(ada):
    credential = credentials.find(EMAIL)
    client.write(*users.password_writes(ada, password_hashing.hashed("another password")))

    with pytest.raises(ConditionFailed):
        client.write(*credential.unchanged_writes(PASSWORD))


def test_the_password_of_who_has_the_address_now_is_not_the_accounts(ada):
    eve = replace(a_credential("eve@example.com", id="eve"), password_hash=ada.password_hash)
    users.add(eve)
    client.update(
        Update(
            key=keys.user(ada.user.id),
            condition="attribute_exists(PK)",
            set={("email",): "eve@example.com"},
        )
    )

    assert not credentials.of(ada.user.id).verify(PASSWORD)
