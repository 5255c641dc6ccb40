import pytest
from botocore.stub import ANY, Stubber

from docket.auth.cognito import accounts, sessions
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import NotSignedIn, WrongCredentials
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest

CALLER = Caller(user_id="u1", session_id="origin")


@pytest.fixture
def stub(gateway_stage):
    with Stubber(cognito._client()) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def test_logout_with_a_refresh_token_ends_one_session(stub):
    stub.add_response("revoke_token", {})

    sessions.logout(CALLER, "refresh")


def test_logout_without_a_refresh_token_ends_every_session(stub, gateway_stage):
    user = {"UserPoolId": gateway_stage, "Username": "u1"}
    stub.add_response("admin_user_global_sign_out", {}, user)

    sessions.logout(CALLER, None)


def test_logout_with_an_invalid_refresh_token_ends_every_session(stub):
    stub.add_client_error("revoke_token", "UnsupportedTokenTypeException", http_status_code=400)
    stub.add_response("admin_user_global_sign_out", {})

    sessions.logout(CALLER, "nonsense")


def test_an_invalid_refresh_token_is_rejected(stub):
    stub.add_client_error(
        "get_tokens_from_refresh_token", "NotAuthorizedException", http_status_code=400
    )

    with pytest.raises(NotSignedIn):
        sessions.refresh("old", device=RequestDevice(address="203.0.113.7"), at=now())


def test_a_login_ends_the_session_that_it_replaces(stub):
    stub.add_response("revoke_token", {}, {"ClientId": ANY, "Token": "refresh"})

    sessions.end_replaced("refresh")
    sessions.end_replaced(None)


def test_the_id_of_an_account_is_no_address(gateway_stage):
    credentials = {"email": "ada@example.com", "password": "seven purple bicycles"}
    user = accounts.register(RegisterRequest(**credentials, full_name=None), key=None, at=now())

    def login(email):
        device = RequestDevice(address="203.0.113.7")
        return sessions.login(email, credentials["password"], device=device, at=now())

    assert login("ADA@example.com").user == user
    with pytest.raises(WrongCredentials):
        login(user.id)
