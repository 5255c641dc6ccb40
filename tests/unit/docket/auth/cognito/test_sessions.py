import pytest
from botocore.stub import Stubber

from docket.auth.cognito import sessions
from docket.domain.errors import NotSignedIn
from docket.domain.user import Caller
from docket.gateways import cognito
from docket.runtime.clock import now

CALLER = Caller(user_id="u1", session_id="origin")


@pytest.fixture
def stub(pool):
    with Stubber(cognito._client()) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def test_leaving_with_the_refresh_token_at_hand_ends_this_session_alone(stub):
    stub.add_response("revoke_token", {})

    sessions.logout(CALLER, "refresh")


def test_leaving_without_one_ends_every_session(stub, pool):
    user = {"UserPoolId": pool, "Username": "u1"}
    stub.add_response("admin_user_global_sign_out", {}, user)

    sessions.logout(CALLER, None)


def test_leaving_with_something_that_is_no_refresh_token_ends_every_session(stub):
    stub.add_client_error("revoke_token", "UnsupportedTokenTypeException", http_status_code=400)
    stub.add_response("admin_user_global_sign_out", {})

    sessions.logout(CALLER, "nonsense")


def test_a_refresh_token_that_is_no_longer_good_renews_nothing(stub):
    stub.add_client_error(
        "get_tokens_from_refresh_token", "NotAuthorizedException", http_status_code=400
    )

    with pytest.raises(NotSignedIn):
        sessions.refresh("old", at=now())
