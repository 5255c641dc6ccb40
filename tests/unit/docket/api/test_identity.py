import pytest

from docket.api import api, caller, device
from docket.api.identity import MAX_USER_AGENT_LENGTH
from tests.make_calls import Reply, a_request
from tests.unit.conftest import EDGE_KEY, forget, stage


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


@pytest.fixture
def edge(monkeypatch):
    """A stage whose distribution sends `EDGE_KEY`."""
    stage(monkeypatch)
    yield
    forget()


def device_of(**headers):
    app = api(public=True)

    @app.get("/device")
    def get() -> dict[str, str | None]:
        return {"address": device(app).address, "agent": device(app).agent}

    event = a_request("GET", "/device", headers=headers, source="203.0.113.7")
    return Reply(app.resolve(event, None)).json


@pytest.mark.parametrize(
    ("key", "address"), [(EDGE_KEY, "198.51.100.1"), ("another", "203.0.113.7")]
)
def test_the_viewers_address_is_trusted_only_with_the_edge_key(edge, key, address):
    device = device_of(**{"x-docket-edge": key, "x-docket-viewer": "198.51.100.1"})

    assert device["address"] == address


def test_a_long_user_agent_is_truncated(edge):
    assert device_of(**{"user-agent": "x" * 1000})["agent"] == "x" * MAX_USER_AGENT_LENGTH
