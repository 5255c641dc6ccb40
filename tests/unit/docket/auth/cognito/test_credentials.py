"""Whose password is which, with a user pool; some replies of the pool are recorded shapes."""

from dataclasses import replace

import pytest
from botocore.stub import Stubber

from docket.auth.cognito import credentials
from docket.domain.errors import NotSignedIn
from docket.gateways import cognito
from docket.table import client
from docket.table.accounts import users
from docket.table.client import ConditionFailed

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
ACCESS = "head.eyJzdWIiOiAidTEifQ.signature"  # {"sub": "u1"}


@pytest.fixture
def ada(pool):
    user = cognito.create(EMAIL, "Ada").user
    cognito.set_password(EMAIL, PASSWORD)
    return user


def test_the_pool_verifies_passwords(ada):
    for credential in (credentials.find(EMAIL), credentials.of(ada.id)):
        assert credential.user == ada
        assert credential.verify(PASSWORD)
        assert not credential.verify("a guess")


def test_nothing_verifies_no_password(pool):
    credential = credentials.find(EMAIL)
    assert not credential.verify(PASSWORD)
    assert credential.user is None
    with pytest.raises(NotSignedIn):
        credentials.of("u1")


@pytest.mark.parametrize("address", [EMAIL, "nobody@example.com"])
def test_a_refused_sign_in_makes_the_same_calls_with_and_without_an_account(
    ada, monkeypatch, address
):
    calls = []

    def counted(name, call):
        def record(*arguments):
            calls.append(name)
            return call(*arguments)

        return record

    monkeypatch.setattr(cognito, "find", counted("find", cognito.find))
    monkeypatch.setattr(users, "find", counted("profile", users.find))
    monkeypatch.setattr(cognito, "authenticate", counted("authenticate", cognito.authenticate))

    credential = credentials.find(address)
    assert not credential.verify("a guess")
    assert (credential.user is None) == (address != EMAIL)

    assert calls == ["find", "profile", "authenticate"]


def test_a_password_that_is_replaced_meanwhile_opens_nothing(ada):
    credential = credentials.find(EMAIL)
    assert credential.verify(PASSWORD)

    client.write(*credentials.find(EMAIL).second_factor_writes(is_on=True))

    with pytest.raises(ConditionFailed):
        client.write(*credential.unchanged_writes(PASSWORD))


def test_the_pool_does_not_know_the_second_factor(ada):
    client.write(*credentials.find(EMAIL).second_factor_writes(is_on=True))

    found = credentials.account(ada.id)
    assert found == replace(ada, second_factor=True, version=1)
    assert credentials.find(EMAIL).verify(PASSWORD)


def test_nobody_has_nothing_to_write(pool):
    nobody = credentials.find(EMAIL)

    assert nobody.unchanged_writes(PASSWORD) == nobody.second_factor_writes(is_on=True) == ()


def test_an_address_that_becomes_another_accounts_meanwhile_signs_nobody_in(ada):
    credential = credentials.find(EMAIL)
    assert credential.user == ada
    with Stubber(cognito._client()) as stub:
        result = {"AccessToken": ACCESS, "ExpiresIn": 300, "RefreshToken": "r"}
        stub.add_response("admin_initiate_auth", {"AuthenticationResult": result})

        assert not credential.verify(PASSWORD)


def test_an_account_that_was_disabled_in_the_pool_may_not_be_used(ada, pool):
    cognito._client().admin_disable_user(UserPoolId=pool, Username=EMAIL)

    assert credentials.find(EMAIL).user is None
    assert credentials.account(ada.id) is None
    assert not credentials.find(EMAIL).verify(PASSWORD)
