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
from tests.make import THEN

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


TYPED, NORMALIZED = "Ada@B\u00fccher.example", "ada@xn--bcher-kva.example"


def test_an_address_is_unique_by_its_normalized_form_and_shown_as_it_was_typed(pool):
    account = cognito.create(TYPED, "Ada")

    assert account.user.email == TYPED
    assert cognito.create(TYPED.upper(), "Eve") == account == cognito.find(NORMALIZED)
    cognito.set_password(NORMALIZED, PASSWORD)
    assert cognito.authenticate(NORMALIZED, PASSWORD) is not None


def attributes(**values):
    names = {"typed": "custom:typed_email"}
    return [{"Name": names.get(name, name), "Value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("stored", "address"),
    [
        ({"email": NORMALIZED, "typed": TYPED}, TYPED),
        ({"email": NORMALIZED}, NORMALIZED),  # created by another tool, or an earlier release
        ({"email": EMAIL, "typed": TYPED}, EMAIL),  # changed by another tool
    ],
)
def test_the_pool_decides_which_address_an_account_has(stub, stored, address):
    """Recorded shapes of `AdminGetUser`."""
    stub.add_response(
        "admin_get_user",
        {
            "Username": "u1",
            "UserAttributes": attributes(sub="u1", email_verified="true", **stored),
            "UserCreateDate": THEN,
            "UserLastModifiedDate": THEN,
            "Enabled": True,
            "UserStatus": "CONFIRMED",
        },
    )

    account = cognito.find("u1")

    assert account is not None
    assert account.user.email == address


def test_creating_sends_both_forms_of_an_address(pool, stub):
    """Recorded shapes of `AdminCreateUser`."""
    both = attributes(email=NORMALIZED, typed=TYPED)
    user = {
        "Username": "u1",
        "Attributes": [*both, *attributes(sub="u1")],
        "UserCreateDate": THEN,
        "Enabled": True,
        "UserStatus": "FORCE_CHANGE_PASSWORD",
    }
    request = {
        "UserPoolId": pool,
        "Username": NORMALIZED,
        "UserAttributes": both,
        "MessageAction": "SUPPRESS",
    }
    stub.add_response("admin_create_user", {"User": user}, request)

    assert cognito.create(TYPED, None).user.email == TYPED


def test_moving_sends_both_forms_of_an_address(pool, stub):
    """Recorded shapes of `AdminUpdateUserAttributes`."""
    request = {
        "UserPoolId": pool,
        "Username": "u1",
        "UserAttributes": attributes(email=NORMALIZED, typed=TYPED, email_verified="true"),
    }
    stub.add_response("admin_update_user_attributes", {}, request)

    cognito.move("u1", TYPED, is_verified=True)

    stub.assert_no_pending_responses()


def test_creating_an_existing_account_returns_it(pool):
    account = cognito.create(EMAIL, "Ada")

    assert cognito.create(EMAIL, "Eve") == account


def test_an_unknown_account_is_none(pool):
    assert cognito.find("nobody@example.com") is None
    assert cognito.authenticate("nobody@example.com", PASSWORD) is None
    cognito.end_all_sessions("00000000-0000-0000-0000-000000000000")


def test_a_name_that_no_account_can_have_is_unknown(stub):
    """Recorded shape of `AdminGetUser`, for a name of more than 128 characters, or with a space."""
    stub.add_client_error("admin_get_user", "InvalidParameterException", http_status_code=400)

    assert cognito.find(f"{'a' * 64}@{'b' * 60}.example") is None


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
        cognito.move(user.id, "Lovelace@example.com", is_verified=True)

    moved = cognito.find("lovelace@example.com")
    assert moved is not None
    assert moved.user == replace(user, email="Lovelace@example.com", email_verified=True)
    assert cognito.find(EMAIL) is None
    assert cognito.authenticate("lovelace@example.com", PASSWORD) is not None


def test_an_address_of_another_account_is_taken(pool):
    user, eve = (cognito.create(address, None).user for address in (EMAIL, "eve@example.com"))

    with pytest.raises(EmailTaken):
        cognito.move(user.id, eve.email.upper(), is_verified=True)

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


@pytest.mark.parametrize(
    "password",
    [" nine yellow umbrellas", "nine yellow umbrellas ", "\u3000umbrellas", "nine\numbrellas", "x"],
)
def test_a_password_that_no_pool_accepts_is_refused_without_a_call(stub, password):
    with pytest.raises(BadInput) as refused:
        cognito.set_password("ada@example.com", password, field="new_password")

    assert [(problem.field, problem.code) for problem in refused.value.problems] == [
        ("new_password", "password_refused")
    ]


@pytest.mark.parametrize("password", ["nine yellow umbrellas", "ünï cödé"])
def test_a_password_with_spaces_in_between_is_possible(password):
    cognito.require_possible(password)
