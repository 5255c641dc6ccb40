import pytest

from docket.api import api, caller, device
from docket.api.identity import MAX_USER_AGENT_LENGTH
from tests.make_calls import Reply, a_request


def reply_for(authorizer):
    app = api()

    @app.get("/me")
    def me() -> dict[str, str]:
        identity = caller(app)
        return {"user": identity.user_id, "session": identity.session_id}

    event = a_request("GET", "/me")
    event["requestContext"]["authorizer"] = authorizer
    return Reply(app.resolve(event, None))


def test_the_caller_comes_from_the_authorizer():
    jwt_reply = reply_for({"lambda": {"user_id": "ada", "session_id": "S1"}})
    pool = {"sub": "ada", "token_use": "access", "origin_jti": "S1", "jti": "T1"}

    assert (
        jwt_reply.json
        == reply_for({"jwt": {"claims": pool}}).json
        == {"user": "ada", "session": "S1"}
    )


@pytest.mark.parametrize(
    "authorizer",
    [
        {},
        None,
        {"lambda": {}},
        {"lambda": None},
        {"lambda": {"user_id": ""}},
        {"jwt": {"claims": {"sub": "ada", "token_use": "id", "jti": "T1"}}},
        {"jwt": {"claims": {"sub": "ada", "jti": "T1"}}},
        {"jwt": {"claims": None}},
    ],
)
def test_a_request_without_an_authorized_caller_is_rejected(authorizer):
    assert reply_for(authorizer).refusal == (401, "not_signed_in")


def device_of(reachable="distribution", **headers):
    app = api(public=True, reachable=reachable)

    @app.get("/device")
    def get() -> dict[str, str | None]:
        return {"address": device(app).address, "agent": device(app).agent}

    event = a_request("GET", "/device", headers=headers, source="203.0.113.7")
    return Reply(app.resolve(event, None)).json


@pytest.mark.parametrize(
    ("reachable", "address"), [("distribution", "198.51.100.1"), ("anywhere", "203.0.113.7")]
)
def test_the_viewers_address_is_believed_only_from_the_distribution(reachable, address):
    device = device_of(reachable, **{"x-docket-viewer": "198.51.100.1"})

    assert device["address"] == address


def test_without_a_viewer_the_address_is_that_of_the_connection():
    assert device_of()["address"] == "203.0.113.7"


def test_a_long_user_agent_is_truncated():
    assert device_of(**{"user-agent": "x" * 1000})["agent"] == "x" * MAX_USER_AGENT_LENGTH
