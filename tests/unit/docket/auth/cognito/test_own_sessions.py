"""Docket's own sessions for accounts in a user pool."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.auth import api_keys, tokens
from docket.auth.account_security import sessions as own_sessions
from docket.auth.tokens import RefreshToken
from docket.domain import rate_limits
from docket.domain.accounts.api_key import UsableKey
from docket.domain.accounts.export import Export
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import (
    AccountDisabled,
    IdentityUnreachable,
    NotSignedIn,
    TooManyTries,
    WrongCredentials,
)
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.table import client
from docket.table.accounts import account_access, users
from docket.table.accounts import sessions as table
from docket.workflows.accounts import account_data
from tests.table_state import stored

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
HOME = RequestDevice(address="203.0.113.7")


@pytest.fixture
def ada(pool):
    user = cognito.create(EMAIL, "Ada").user
    cognito.set_password(EMAIL, PASSWORD)
    return user


def login(password=PASSWORD):
    return own_sessions.login(EMAIL, password, device=HOME, at=now())


def refresh(token):
    return own_sessions.refresh(token, device=HOME, at=now())


def is_open(entry):
    return table.is_open(tokens.read(entry.access_token), at=now())


def test_a_login_opens_a_session_of_the_table(ada):
    entry = login()

    assert entry.user == ada
    assert is_open(entry)
    assert tokens.read(entry.access_token).user_id == ada.id


def test_a_login_makes_a_profile_that_can_be_exported(ada):
    session = table.require_open_session(tokens.read(login().access_token), at=now())
    request = CreateApiKeyRequest(name="Import", scopes=["read"], expires_in_days=30)
    created = api_keys.create(session, request, device=HOME, at=now())

    assert api_keys.use(created.text, at=now()) == UsableKey(key=created.key)
    exported = account_data.of_export(Export.requested("E1", ada.id, "en", at=now()), [])
    assert exported.profile.email == EMAIL
    assert len(exported.sessions) == len(exported.api_keys) == 1


def test_a_later_login_updates_the_copy_of_the_profile(ada):
    login()
    cognito.rename(ada, "Ada Lovelace")
    assert users.find(ada.id) == ada

    login()

    assert users.find(ada.id) == replace(ada, full_name="Ada Lovelace")


def test_nothing_of_the_pools_tokens_is_stored(ada, monkeypatch):
    issued = []
    authenticate = cognito.authenticate

    def remembered(address, password):
        issued.append(authenticate(address, password))
        return issued[-1]

    monkeypatch.setattr(cognito, "authenticate", remembered)
    login()

    (result,) = issued
    assert result is not None
    assert result.refresh is not None
    items = str(stored())
    assert result.access not in items
    assert result.refresh not in items


def test_one_logout_ends_one_session(ada):
    first, second = login(), login()

    own_sessions.logout(tokens.read(first.access_token), first.refresh_token)

    assert (is_open(first), is_open(second)) == (False, True)
    with pytest.raises(NotSignedIn):
        refresh(first.refresh_token)
    assert refresh(second.refresh_token).user == ada


def test_the_operator_disables_an_account_at_once(ada):
    entry = login()

    client.update(account_access.disable_write(ada.id, at=now()))

    assert not is_open(entry)
    with pytest.raises(AccountDisabled):
        login()


def disable_in_pool(pool, user):
    cognito._client().admin_disable_user(UserPoolId=pool, Username=user.id)


def delete_in_pool(pool, user):
    cognito._client().admin_delete_user(UserPoolId=pool, Username=user.id)


@pytest.mark.parametrize("act", [disable_in_pool, delete_in_pool])
def test_an_act_in_the_pool_ends_a_session_at_its_next_refresh(ada, pool, act):
    entry = login()
    act(pool, ada)
    assert is_open(entry)

    with pytest.raises(NotSignedIn):
        refresh(entry.refresh_token)

    assert not is_open(entry)
    with pytest.raises(WrongCredentials):
        login()


def test_a_forged_token_does_not_end_a_session_of_a_disabled_account(ada, pool):
    entry = login()
    disable_in_pool(pool, ada)
    session, _, _ = entry.refresh_token.rpartition(".")

    with pytest.raises(NotSignedIn):
        refresh(f"{session}.{'A' * 43}")

    assert is_open(entry)


def test_a_try_beyond_a_limit_does_not_reach_the_pool(ada, monkeypatch):
    monkeypatch.setattr(rate_limits, "NETWORK_LIMIT", 1)
    with pytest.raises(WrongCredentials):
        login("a guess")

    monkeypatch.setattr(cognito, "find", None)
    monkeypatch.setattr(cognito, "authenticate", None)
    with pytest.raises(TooManyTries):
        login()


def test_an_outage_of_the_pool_does_not_use_up_a_refresh_token(ada, monkeypatch):
    entry = login()

    def unreachable(name):
        raise IdentityUnreachable

    with monkeypatch.context() as patch:
        patch.setattr(cognito, "find", unreachable)
        with pytest.raises(IdentityUnreachable):
            refresh(entry.refresh_token)

    later = now() + timedelta(minutes=5)
    assert own_sessions.refresh(entry.refresh_token, device=HOME, at=later).user == ada


def test_the_password_proves_that_the_customer_is_present(ada):
    caller = RefreshToken.parse(login().refresh_token).caller
    later = now() + timedelta(hours=1)

    with pytest.raises(WrongCredentials):
        own_sessions.reauthenticate(caller, "a guess", at=later)
    own_sessions.reauthenticate(caller, PASSWORD, at=later)

    found = table.find_open(caller, at=later)
    assert found is not None
    assert found.verified_at == later


def test_nobody_is_present_in_a_session_without_an_account(pool):
    caller = Caller(user_id="u1", session_id="01JD0000000000000000000001")

    with pytest.raises(NotSignedIn):
        own_sessions.reauthenticate(caller, PASSWORD, at=now())
