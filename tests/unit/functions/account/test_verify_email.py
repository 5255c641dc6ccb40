from datetime import timedelta

import pytest

from docket.auth import accounts
from docket.domain import rate_limits
from docket.domain.accounts.one_time_link import LIFETIMES, LinkPurpose
from docket.domain.errors import IdentityUnreachable
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.table import client
from docket.table.accounts import one_time_links
from functions.account import verify_email
from functions.api_keys import create as create_key
from functions.auth import forgot_password, login, logout, register, reset_password
from functions.passkeys import options as passkey_options
from functions.second_factor import begin_totp
from tests.dynamodb_faults import lost_replies
from tests.unit.functions.conftest import (
    ADA,
    PASSWORD,
    WITH_EACH_IDENTITY,
    authorized,
    jwt_unless_parametrized,
)

identity_provider = jwt_unless_parametrized

VERIFY = LinkPurpose.VERIFY_ADDRESS


@pytest.fixture
def link(ada):
    """Make a link of the registered account."""

    def make(purpose=VERIFY, address=ADA):
        user = accounts().find_by_address(ADA)
        assert user
        token, link = one_time_links.create(purpose, user, address, at=now())
        client.write(one_time_links.put(link))
        return token

    return make


@pytest.fixture
def verify(call, ada):
    def send(token, password=PASSWORD, **fields):
        body = {"token": token, "password": password}
        return call(verify_email, "POST", "verify-email", body, **fields)

    return send


def is_verified():
    user = accounts().find_by_address(ADA)
    assert user
    return user.email_verified


def test_a_mailed_link_verifies_the_address_once(link, verify):
    token = link()
    assert not is_verified()

    assert verify(token).status == 200

    assert is_verified()
    assert verify(token).refusal == (409, "link_used")


def test_an_expired_link_verifies_nothing(link, verify, monkeypatch):
    token = link()
    later = now() + LIFETIMES[VERIFY] + timedelta(seconds=1)
    monkeypatch.setattr(verify_email, "now", lambda: later)

    assert verify(token).refusal == (409, "link_expired")
    assert not is_verified()


@pytest.mark.parametrize(
    "fields", [{"purpose": LinkPurpose.RESET_PASSWORD}, {"address": "eve@example.com"}]
)
def test_a_link_of_another_purpose_or_address_verifies_nothing(link, verify, fields):
    assert verify(link(**fields)).refusal == (409, "link_invalid")
    assert not is_verified()


def test_an_unknown_link_is_invalid(verify):
    assert verify("unknown").refusal == (409, "link_invalid")


@pytest.mark.parametrize("token", ["", "a b", "x" * 5000, "ü"])
def test_a_malformed_token_is_a_bad_request(verify, token):
    assert verify(token).status == 400


@WITH_EACH_IDENTITY
def test_the_password_or_a_session_is_needed_beside_the_link(link, verify, session):
    token = link()

    assert verify(token, None).refusal == (403, "password_required")
    assert not is_verified()
    assert verify(token, None, caller=session).status == 200
    assert is_verified()


@WITH_EACH_IDENTITY
def test_a_wrong_password_verifies_nothing_and_leaves_the_link(link, verify):
    token = link()

    assert verify(token, "a wrong password").refusal == (401, "wrong_credentials")
    assert not is_verified()
    assert verify(token).status == 200


@pytest.mark.parametrize("identity_provider", ["gateway_stage"], indirect=True)
def test_where_the_gateway_checks_tokens_the_password_is_needed(link, verify):
    token = link()

    assert verify(token, None).refusal == (403, "password_required")
    assert verify(token, "a wrong password").refusal == (401, "wrong_credentials")
    assert verify(token).status == 200
    assert is_verified()


def test_a_session_of_another_account_does_not_help(call, link, verify):
    eve = {"email": "eve@example.com", "password": PASSWORD}
    call(register, "POST", "register", eve)
    session = authorized(call(login, "POST", "login", eve).json["access_token"])

    assert verify(link(), None, caller=session).refusal == (403, "password_required")


def test_an_api_key_of_the_account_does_not_help(link, verify, session):
    key = {"user_id": session["user_id"], "api_key_id": "K1", "scopes": "read write pay"}

    assert verify(link(), None, caller=key).refusal == (403, "password_required")


def test_a_session_that_has_ended_does_not_help(call, link, verify, session):
    call(logout, "POST", "logout", caller=session)

    assert verify(link(), None, caller=session).refusal == (403, "password_required")


def test_too_many_wrong_passwords_void_the_link(link, verify):
    token = link()
    replies = [verify(token, "a wrong password").status for _ in range(rate_limits.LINK_LIMIT)]

    assert replies == [401] * rate_limits.LINK_LIMIT
    assert verify(token).refusal == (409, "link_exhausted")
    assert verify(link()).status == 200


@WITH_EACH_IDENTITY
def test_keys_from_before_the_verification_end(call, link, verify, session):
    body = {"name": "Import", "scopes": ["read"], "expires_in_days": 30}
    key = call(create_key, "POST", "keys", body, caller=session).json["key"]
    assert authorized(key)["api_key_id"]

    verify(link())

    assert authorized(key).keys() == {"token"}
    assert authorized(session["token"])["user_id"]


@WITH_EACH_IDENTITY
def test_keys_end_if_the_table_fails_before_the_link_is_used(
    call, link, verify, session, fail_use_of_link
):
    body = {"name": "Import", "scopes": ["read"], "expires_in_days": 30}
    key = call(create_key, "POST", "keys", body, caller=session).json["key"]
    token = link()

    fail_use_of_link()

    assert [verify(token).status for _ in range(2)] == [502, 200]

    assert is_verified()
    assert authorized(key).keys() == {"token"}


@pytest.mark.parametrize("identity_provider", ["pool"], indirect=True)
def test_the_pool_learns_of_a_verification_by_the_repeated_link(link, verify, monkeypatch):
    def unreachable(_):
        raise IdentityUnreachable

    first, second = link(), link()
    with monkeypatch.context() as patch:
        patch.setattr(cognito, "verify_address", unreachable)
        assert verify(first).status == 200
    assert is_verified()
    assert not is_verified_in_pool()

    assert verify(second).status == 200

    assert is_verified_in_pool()


def is_verified_in_pool():
    found = cognito.find(ADA)
    assert found
    return found.user.email_verified


@WITH_EACH_IDENTITY
def test_lost_replies_have_one_effect(link, verify, session):
    with lost_replies(2):
        assert verify(link()).status == 200

    assert is_verified()


@WITH_EACH_IDENTITY
def test_whoever_registered_the_address_of_somebody_else_gets_nothing(call, verifying, inbox):
    """Eve registers Ada's address. Ada follows the links that are mailed, and takes it over."""
    evil, mine = "the pass phrase of eve", "nine yellow umbrellas"
    call(register, "POST", "register", {"email": ADA, "password": evil})
    signed_in = call(login, "POST", "login", {"email": ADA, "password": evil}).json
    eve = authorized(signed_in["access_token"])
    ((*_, token),) = inbox()

    for body in ({}, {"password": mine}):
        call(verify_email, "POST", "verify-email", {"token": token, **body})

    assert not is_verified()
    for module, name in ((passkey_options, "passkeys/options"), (begin_totp, "mfa/totp")):
        assert call(module, "POST", name, caller=eve).refusal == (403, "email_not_verified")

    call(forgot_password, "POST", "forgot-password", {"email": ADA})
    ((*_, reset),) = inbox()
    body = {"token": reset, "password": mine}
    assert call(reset_password, "POST", "reset-password", body).status == 200
    assert is_verified()
    assert authorized(eve["token"]).keys() == {"token"}
    login_of = {"email": ADA, "password": mine}
    assert call(login, "POST", "login", login_of).json["user"]["email_verified"]


@WITH_EACH_IDENTITY
def test_wrong_passwords_of_strangers_do_not_count_for_a_known_device(call, ada, link, verify):
    device = call(login, "POST", "login", ada).device_token
    for number in range(rate_limits.NETWORK_LIMIT):
        if number % rate_limits.LINK_LIMIT == 0:
            token = link()
        assert verify(token, "a wrong password").refusal == (401, "wrong_credentials")

    assert verify(link()).refusal == (429, "too_many_tries")
    assert verify(link(), cookies=(f"__Host-docket_device={device}",)).status == 200
