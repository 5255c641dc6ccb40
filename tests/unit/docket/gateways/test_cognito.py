from dataclasses import replace

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError
from botocore.stub import Stubber

from docket.domain.errors import (
    BadInput,
    EmailTaken,
    FieldProblem,
    IdentityUnreachable,
    TooManyTries,
)
from docket.gateways import cognito

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
ACCESS = "head.eyJzdWIiOiAidTEifQ.signature"  # {"sub": "u1"}


@pytest.fixture
def stub(pool):
    with Stubber(cognito._client()) as stubber:
        yield stubber


def test_an_account_is_complete_when_it_has_a_password(pool):
    account = cognito.create(EMAIL, "Ada")
    assert not account.complete
    assert cognito.authenticate(EMAIL, PASSWORD) is None

    cognito.set_password(EMAIL, PASSWORD)

    complete_account = cognito.find(account.user.id)
    assert complete_account is not None
    assert complete_account.complete
    assert complete_account.user == account.user
    tokens = cognito.authenticate(EMAIL, PASSWORD)
    assert tokens is not None
    assert tokens.user_id == account.user.id


def test_creating_an_existing_account_returns_it(pool):
    account = cognito.create(EMAIL, "Ada")

    assert cognito.create(EMAIL, "Eve") == account


def test_an_unknown_account_is_none(pool):
    assert cognito.find("nobody@example.com") is None
    assert cognito.authenticate("nobody@example.com", PASSWORD) is None
    cognito.end_all_sessions("00000000-0000-0000-0000-000000000000")


def test_a_refresh_returns_a_rotated_token(stub):
    result = {"AccessToken": ACCESS, "ExpiresIn": 300, "RefreshToken": "new"}
    stub.add_response("get_tokens_from_refresh_token", {"AuthenticationResult": result})
    del result["RefreshToken"]
    stub.add_response("get_tokens_from_refresh_token", {"AuthenticationResult": result})

    first, second = cognito.refresh("old"), cognito.refresh("old")

    assert first is not None
    assert (first.user_id, first.access_seconds) == ("u1", 300)
    assert second is not None
    assert second.refresh is None


@pytest.mark.parametrize("code", ["NotAuthorizedException", "RefreshTokenReuseException"])
def test_an_invalid_refresh_token_returns_none(stub, code):
    stub.add_client_error("get_tokens_from_refresh_token", code, http_status_code=400)

    assert cognito.refresh("old") is None


def test_revoking_returns_whether_the_token_was_valid(stub):
    stub.add_response("revoke_token", {})
    stub.add_client_error("revoke_token", "UnsupportedTokenTypeException", http_status_code=400)

    assert cognito.revoke("token") is True
    assert cognito.revoke("nonsense") is False


def test_a_password_that_the_pool_rejects_is_bad_input(stub):
    stub.add_client_error(
        "admin_set_user_password", "InvalidPasswordException", http_status_code=400
    )

    with pytest.raises(BadInput) as refused:
        cognito.set_password(EMAIL, PASSWORD)

    assert refused.value.problems == (FieldProblem("password", "password_refused"),)


def test_an_account_moves_and_signs_in_with_its_new_address(pool):
    user = cognito.create(EMAIL, "Ada").user
    cognito.set_password(user.id, PASSWORD)

    for _ in range(2):
        cognito.move(user.id, "lovelace@example.com", is_verified=True)

    moved = cognito.find("lovelace@example.com")
    assert moved is not None
    assert moved.user == replace(user, email="lovelace@example.com", email_verified=True)
    assert cognito.find(EMAIL) is None
    assert cognito.authenticate("lovelace@example.com", PASSWORD) is not None


def test_an_address_of_another_account_is_taken(pool):
    user, eve = (cognito.create(address, None).user for address in (EMAIL, "eve@example.com"))

    with pytest.raises(EmailTaken):
        cognito.move(user.id, eve.email, is_verified=True)

    assert cognito.find(EMAIL) is not None


def test_a_deletion_may_be_repeated(pool):
    user = cognito.create(EMAIL, "Ada").user

    for _ in range(2):
        cognito.delete(user.id)

    assert cognito.find(user.id) is None


def test_an_address_that_the_pool_rejects_is_bad_input(stub):
    stub.add_client_error("admin_create_user", "InvalidParameterException", http_status_code=400)

    with pytest.raises(BadInput) as refused:
        cognito.create(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.com", "Ada")

    assert refused.value.problems == (FieldProblem("email", "email_refused"),)


def test_an_internal_error_of_cognito_is_an_outage(stub):
    stub.add_client_error("admin_initiate_auth", "InternalErrorException", http_status_code=500)

    with pytest.raises(IdentityUnreachable):
        cognito.authenticate(EMAIL, PASSWORD)


def test_a_throttled_call_of_cognito_is_too_many_tries(stub):
    stub.add_client_error("admin_initiate_auth", "TooManyRequestsException", http_status_code=400)

    with pytest.raises(TooManyTries):
        cognito.authenticate(EMAIL, PASSWORD)


@pytest.mark.parametrize("failure", [EndpointConnectionError, ConnectTimeoutError])
def test_an_unreachable_cognito_is_an_outage(pool, monkeypatch, failure):
    def unreachable(**fields):
        raise failure(endpoint_url="https://cognito-idp.example")

    monkeypatch.setattr(cognito._client(), "admin_get_user", unreachable)

    with pytest.raises(IdentityUnreachable):
        cognito.find(EMAIL)


def test_a_wrong_configuration_is_not_an_outage(pool):
    boto3.client("cognito-idp").delete_user_pool(UserPoolId=pool)

    with pytest.raises(cognito._client().exceptions.ResourceNotFoundException):
        cognito.find(EMAIL)
