import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError
from botocore.stub import Stubber

from docket.domain.errors import BadInput, FieldProblem, IdentityUnreachable, TooManyTries
from docket.gateways import cognito

EMAIL, PASSWORD = "ada@example.com", "seven purple bicycles"
ACCESS = "head.eyJzdWIiOiAidTEifQ.signature"  # {"sub": "u1"}


@pytest.fixture
def stub(pool):
    with Stubber(cognito._client()) as stubber:
        yield stubber


def test_an_account_is_complete_when_it_has_a_password(pool):
    made = cognito.create(EMAIL, "Ada")
    assert not made.complete
    assert cognito.authenticate(EMAIL, PASSWORD) is None

    cognito.set_password(EMAIL, PASSWORD)

    found = cognito.find(made.user.id)
    assert found is not None
    assert found.complete
    assert found.user == made.user
    tokens = cognito.authenticate(EMAIL, PASSWORD)
    assert tokens is not None
    assert tokens.user_id == made.user.id


def test_creating_what_is_there_finds_it(pool):
    made = cognito.create(EMAIL, "Ada")

    assert cognito.create(EMAIL, "Eve") == made


def test_nobody_of_that_name_is_nobody(pool):
    assert cognito.find("nobody@example.com") is None
    assert cognito.authenticate("nobody@example.com", PASSWORD) is None
    cognito.sign_out("00000000-0000-0000-0000-000000000000")


def test_a_rotated_refresh_token_replaces_the_one_that_was_given(stub):
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
def test_a_refresh_token_that_is_no_longer_good_gets_nothing(stub, code):
    stub.add_client_error("get_tokens_from_refresh_token", code, http_status_code=400)

    assert cognito.refresh("old") is None


def test_revoking_tells_whether_it_was_a_token(stub):
    stub.add_response("revoke_token", {})
    stub.add_client_error("revoke_token", "UnsupportedTokenTypeException", http_status_code=400)

    assert cognito.revoke("token") is True
    assert cognito.revoke("nonsense") is False


def test_a_password_that_the_pool_refuses_is_the_callers_to_change(stub):
    stub.add_client_error(
        "admin_set_user_password", "InvalidPasswordException", http_status_code=400
    )

    with pytest.raises(BadInput) as refused:
        cognito.set_password(EMAIL, PASSWORD)

    assert refused.value.problems == (FieldProblem("password", "password_refused"),)


def test_an_address_that_the_pool_refuses_is_the_callers_to_change(stub):
    stub.add_client_error("admin_create_user", "InvalidParameterException", http_status_code=400)

    with pytest.raises(BadInput) as refused:
        cognito.create(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.com", "Ada")

    assert refused.value.problems == (FieldProblem("email", "email_refused"),)


def test_a_failure_of_cognitos_is_an_outage_and_not_a_wrong_password(stub):
    stub.add_client_error("admin_initiate_auth", "InternalErrorException", http_status_code=500)

    with pytest.raises(IdentityUnreachable):
        cognito.authenticate(EMAIL, PASSWORD)


def test_cognito_asked_too_much_says_when_to_come_back(stub):
    stub.add_client_error("admin_initiate_auth", "TooManyRequestsException", http_status_code=400)

    with pytest.raises(TooManyTries):
        cognito.authenticate(EMAIL, PASSWORD)


@pytest.mark.parametrize("failure", [EndpointConnectionError, ConnectTimeoutError])
def test_cognito_out_of_reach_is_an_outage(pool, monkeypatch, failure):
    def unreachable(**fields):
        raise failure(endpoint_url="https://cognito-idp.example")

    monkeypatch.setattr(cognito._client(), "admin_get_user", unreachable)

    with pytest.raises(IdentityUnreachable):
        cognito.find(EMAIL)


def test_our_own_mistakes_are_not_called_an_outage(pool):
    boto3.client("cognito-idp").delete_user_pool(UserPoolId=pool)

    with pytest.raises(cognito._client().exceptions.ResourceNotFoundException):
        cognito.find(EMAIL)
