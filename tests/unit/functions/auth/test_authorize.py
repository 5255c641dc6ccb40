from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError

from docket.auth import api_keys, tokens
from docket.domain import rate_limits as limits
from docket.domain.accounts.user import Caller, RequestDevice
from docket.runtime.clock import new_id, now
from docket.runtime.logging import HandlerFailed
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.table import client
from docket.table.accounts import account_access, sessions, users
from docket.table.documents import sample_orders
from functions.auth import authorize
from tests.make import an_event, an_order
from tests.make_people import THEN, a_credential, a_session

ADA = Caller(user_id=new_id(), session_id=new_id())
ANONYMOUS = {"isAuthorized": True, "context": {}}
AUTHORIZED = {
    "isAuthorized": True,
    "context": {
        "user_id": ADA.user_id,
        "session_id": ADA.session_id,
        "verified_at": THEN.isoformat(),
    },
}


@pytest.fixture(autouse=True)
def signed_in(jwt_stage):
    session = a_session(
        id=ADA.session_id,
        user_id=ADA.user_id,
        expires_at=now() + timedelta(days=1),
        ends_at=now() + timedelta(days=2),
    )
    client.write(sessions.put(session))


def authorize_request(authorization=None):
    headers = {} if authorization is None else {"authorization": authorization}
    return authorize.handler({"version": "2.0", "headers": headers}, None)


def test_a_token_of_an_open_session_is_authorized():
    token = tokens.issue(ADA, at=now())

    assert authorize_request(f"Bearer {token}") == AUTHORIZED
    assert authorize_request(f"bearer  {token} ") == AUTHORIZED


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", "x" * 9000])
def test_a_request_without_a_token_is_anonymous(authorization):
    assert authorize_request(authorization) == ANONYMOUS


def test_a_token_of_an_ended_session_is_anonymous():
    token = tokens.issue(ADA, at=now())
    sessions.end(ADA)

    assert authorize_request(f"Bearer {token}") == ANONYMOUS


@pytest.mark.parametrize("write", [account_access.end_sessions_write, account_access.disable_write])
def test_a_token_is_anonymous_once_its_account_does_not_admit_the_session(write):
    token = tokens.issue(ADA, at=now())
    client.write(write(ADA.user_id, at=now()))

    assert authorize_request(f"Bearer {token}") == ANONYMOUS


def test_a_token_of_an_unknown_session_is_anonymous():
    token = tokens.issue(Caller(user_id=ADA.user_id, session_id=new_id()), at=now())

    assert authorize_request(f"Bearer {token}") == ANONYMOUS


def test_a_changed_token_is_anonymous():
    token = tokens.issue(ADA, at=now())
    head, claims, signature = token.split(".")

    assert authorize_request(f"Bearer {head}.{claims}.{signature[::-1]}") == ANONYMOUS
    assert authorize_request(f"Bearer {head}.{claims}.") == ANONYMOUS


def create_key(**fields):
    users.add(a_credential(id=ADA.user_id))
    request = CreateApiKeyRequest(name="Import", scopes=["read"], **fields)
    session = sessions.require_open_session(ADA, at=now())
    return api_keys.create(session, request, device=RequestDevice(address="::1"), at=now())


def test_a_test_key_has_no_scopes_but_for_the_sample_order_of_its_account():
    key = create_key(mode="test")
    context = {
        "user_id": ADA.user_id,
        "api_key_id": key.key.id,
        "scopes": "",
        "sample_scopes": "read",
    }
    assert authorize_request(f"Bearer {key.text}")["context"] == context

    sample = an_order(user_id=ADA.user_id, is_sample=True)
    sample_orders.create_once(sample, [], an_event())

    found = {**context, "sample_order_id": sample.id}
    assert authorize_request(f"Bearer {key.text}")["context"] == found


def test_a_key_that_is_used_too_often_has_no_caller(monkeypatch):
    key = create_key()
    monkeypatch.setattr(limits, "KEY_LIMIT", 1)
    assert authorize_request(f"Bearer {key.text}")["context"]["api_key_id"] == key.key.id

    (name,) = authorize_request(f"Bearer {key.text}")["context"]

    assert name == "retry_after"


@pytest.mark.parametrize("key", ["dk_live_", "dk_test_1", f"dk_live_{'x' * 36}"])
def test_what_only_looks_like_a_key_is_anonymous(key):
    assert authorize_request(f"Bearer {key}") == ANONYMOUS


def test_an_outage_of_the_table_is_an_error(monkeypatch):
    def fail(**fields):
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    monkeypatch.setattr(client.dynamodb(), "batch_get_item", fail)

    with pytest.raises(HandlerFailed):
        authorize_request(f"Bearer {tokens.issue(ADA, at=now())}")
