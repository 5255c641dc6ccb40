import json

import pytest
from pydantic import BaseModel

from docket.api import api
from docket.api.error_response import status_of
from docket.domain import errors
from tests.make_calls import Reply, a_request


def every_error(root=errors.DocketError):
    for error in root.__subclasses__():
        yield error
        yield from every_error(error)


@pytest.mark.parametrize("error", list(every_error()))
def test_every_error_has_a_status(error):
    assert 400 <= status_of(error) <= 502


def test_error_codes_are_unique():
    codes = [error.code for error in every_error()]

    assert len(codes) == len(set(codes))


def test_a_reply_that_violates_its_schema_is_an_internal_error():
    class Answer(BaseModel):
        amount: int

    app = api(public=True)

    @app.get("/answer")
    def answer() -> Answer:
        return {"amount": "much"}  # type: ignore[return-value]  # the tested mistake

    reply = app.resolve(a_request("GET", "/answer"), None)

    assert reply["statusCode"] == 500
    assert json.loads(reply["body"])["code"] == "internal"
    assert "much" not in reply["body"]


def test_an_internal_error_does_not_show_its_text(ask, caplog):
    reply = ask(method="GET")

    assert reply.refusal == (500, "internal")
    assert "secret" not in reply.body
    assert "unexpected error" in caplog.text
    assert "a secret" not in caplog.text + str(vars(caplog.records[-1]))


def test_a_request_without_a_caller_is_rejected_before_its_body_is_read(ask):
    assert ask('{"size": 1}', signed_in=False).refusal == (401, "not_signed_in")
    assert ask("{", signed_in=False).refusal == (401, "not_signed_in")


SECURITY_HEADERS = (
    "Cache-Control",
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
)


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (200, {"body": '{"size": 1}'}),
        (400, {"body": "{"}),
        (401, {"body": "{}", "signed_in": False}),
        (404, {"method": "PUT"}),
        (500, {"method": "GET"}),
    ],
)
def test_every_reply_has_security_headers(ask, status, request_):
    reply = ask(**request_)

    assert reply.status == status
    assert [name for name in SECURITY_HEADERS if name not in reply.headers] == []
    assert reply.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Strict-Transport-Security"].startswith("max-age=63072000")


@pytest.mark.parametrize("error", [errors.NotSignedIn, errors.WrongCredentials])
def test_every_401_has_a_www_authenticate_header(error):
    app = api(public=True)

    @app.get("/private")
    def private() -> None:
        raise error

    reply = Reply(app.resolve(a_request("GET", "/private"), None))

    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_reply_is_utf_8():
    app = api(public=True)

    @app.get("/name")
    def name() -> dict[str, str]:
        return {"name": "Счёт"}

    assert app.resolve(a_request("GET", "/name"), None)["body"] == '{"name":"Счёт"}'


LIVE_KEY = {"user_id": "ada", "api_key_id": "K1", "scopes": "read"}
TEST_KEY = {"user_id": "ada", "api_key_id": "K2", "scopes": "", "sample_scopes": "read"}


@pytest.mark.parametrize(
    ("access", "key", "params"),
    [
        ({"scope": "read"}, LIVE_KEY, None),
        ({"scope": "read", "test_keys": True}, TEST_KEY, None),
        ({"scope": "write"}, LIVE_KEY, {"scope": "write"}),
        ({"scope": "write", "test_keys": True}, TEST_KEY, {"scope": "write"}),
        ({"scope": "read"}, TEST_KEY, {"context": "test"}),
        ({}, LIVE_KEY, {"context": "session"}),
        ({}, TEST_KEY, {"context": "session"}),
        ({"test_keys": True}, TEST_KEY, {"context": "session"}),
    ],
)
def test_a_key_needs_the_scope_and_a_test_key_an_endpoint_for_test_keys(access, key, params):
    app = api(**access)

    @app.get("/orders")
    def orders() -> list[str]:
        return []

    reply = Reply(app.resolve(a_request("GET", "/orders", caller=key), None))

    if params is None:
        assert reply.status == 200
    else:
        assert reply.refusal == (403, "scope_missing")
        assert reply.json["params"] == params
