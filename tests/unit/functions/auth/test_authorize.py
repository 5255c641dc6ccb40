from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError

from docket.auth import tokens
from docket.domain.user import Caller
from docket.runtime.clock import new_id, now
from docket.runtime.logging import HandlerFailed
from docket.table import client, sessions
from functions.auth import authorize
from tests.make_people import a_session

ADA = Caller(user_id=new_id(), session_id=new_id())
NOBODY = {"isAuthorized": True, "context": {}}
NAMED = {
    "isAuthorized": True,
    "context": {"user_id": ADA.user_id, "session_id": ADA.session_id},
}


@pytest.fixture(autouse=True)
def signed_in(jwt_stage):
    session = a_session(
        id=ADA.session_id, user_id=ADA.user_id, expires_at=now() + timedelta(days=1)
    )
    client.write(sessions.put(session))


def ask(authorization=None):
    headers = {} if authorization is None else {"authorization": authorization}
    return authorize.handler({"version": "2.0", "headers": headers}, None)


def test_a_good_token_of_a_session_that_goes_on_names_its_caller():
    token = tokens.issue(ADA, at=now())

    assert ask(f"Bearer {token}") == NAMED
    assert ask(f"bearer  {token} ") == NAMED


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", "x" * 9000])
def test_without_a_token_the_caller_has_no_name(authorization):
    assert ask(authorization) == NOBODY


def test_a_token_of_a_session_that_has_ended_names_nobody_from_that_moment():
    token = tokens.issue(ADA, at=now())
    sessions.end(ADA)

    assert ask(f"Bearer {token}") == NOBODY


def test_a_token_of_a_session_that_never_was_names_nobody():
    token = tokens.issue(Caller(user_id=ADA.user_id, session_id=new_id()), at=now())

    assert ask(f"Bearer {token}") == NOBODY


def test_a_changed_token_names_nobody():
    token = tokens.issue(ADA, at=now())
    head, claims, signature = token.split(".")

    assert ask(f"Bearer {head}.{claims}.{signature[::-1]}") == NOBODY
    assert ask(f"Bearer {head}.{claims}.") == NOBODY


def test_an_outage_of_the_table_is_not_told_as_signed_out(monkeypatch):
    def unreachable(**fields):
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    monkeypatch.setattr(client.dynamodb(), "get_item", unreachable)

    with pytest.raises(HandlerFailed):
        ask(f"Bearer {tokens.issue(ADA, at=now())}")
