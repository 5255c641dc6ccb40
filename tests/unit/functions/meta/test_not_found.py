import pytest

from functions.meta import not_found
from infra.endpoints import ENDPOINTS
from tests.make import OID
from tests.make_calls import Reply, a_request


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/nowhere"), ("GET", "/api/v1/orders/"), ("POST", "/")]
)
def test_an_unknown_path_is_not_found(method, path):
    reply = Reply(not_found.handler(a_request(method, path), None))

    assert reply.refusal == (404, "not_found")


def test_an_unknown_path_with_a_query_is_not_found():
    reply = Reply(not_found.handler(a_request("GET", "/api/v1/nowhere", query={"a": 1}), None))

    assert reply.refusal == (404, "not_found")


@pytest.mark.parametrize(
    "row", [row for row in ENDPOINTS if not row.exists("gateway")], ids=lambda row: row.name
)
def test_what_a_stage_with_sessions_of_the_pool_does_not_have_is_not_found(row):
    path = row.path.format(session_id=OID, key_id=OID, passkey_id="0" * 32, number=1)

    reply = Reply(not_found.handler(a_request(row.method, path), None))

    assert reply.refusal == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/api/v1/health", "GET"),
        ("DELETE", "/api/v1/orders", "GET, POST"),
        ("OPTIONS", f"/api/v1/documents/{OID}-{OID}", "GET, PATCH, DELETE"),
    ],
)
def test_a_wrong_method_names_the_allowed_ones(method, path, allowed):
    reply = Reply(not_found.handler(a_request(method, path), None))

    assert reply.refusal == (405, "method_not_allowed")
    assert reply.headers["Allow"] == allowed


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("POST", "/api/v1/nowhere", (404, "not_found")),
        ("PUT", "/api/v1/orders", (405, "method_not_allowed")),
    ],
)
@pytest.mark.parametrize("body", ["a=1", "{", "[" * 100 + "]" * 100])
def test_an_invalid_body_does_not_change_the_error(method, path, refusal, body):
    event = a_request(method, path, body, headers={"content-type": "text/plain"})

    assert Reply(not_found.handler(event, None)).refusal == refusal


def test_a_head_request_is_not_allowed_and_has_no_body():
    reply = not_found.handler(a_request("HEAD", "/api/v1/orders"), None)

    assert (reply["statusCode"], reply["headers"]["Allow"], reply["body"]) == (405, "GET, POST", "")
