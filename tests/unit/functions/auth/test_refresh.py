from datetime import timedelta

import pytest
from botocore.client import BaseClient

from docket.domain import rate_limits
from docket.runtime.clock import now
from functions.auth import login, refresh, register
from tests.unit.functions.conftest import PASSWORD


@pytest.fixture
def signed_in(call, identity_provider):
    body = {"email": "ada@example.com", "password": PASSWORD}
    call(register, "POST", "register", body)
    return call(login, "POST", "login", body)


@pytest.fixture
def send(call):
    return lambda body=None, **fields: call(refresh, "POST", "refresh", body, **fields)


def test_a_cookie_is_refreshed(send, signed_in):
    reply = send(cookies=["theme=dark", f"__Host-docket_refresh={signed_in.refresh_token}"])

    assert reply.status == 200
    assert reply.json["user"] == signed_in.json["user"]
    assert reply.json["access_token"] != signed_in.json["access_token"]
    assert reply.refresh_token != signed_in.refresh_token


def test_a_cookie_in_the_header_is_refreshed(send, signed_in):
    header = {"cookie": f"theme=dark; __Host-docket_refresh={signed_in.refresh_token}"}

    assert send(headers=header).status == 200


def test_a_token_in_the_body_is_refreshed(send, signed_in):
    assert send({"refresh_token": signed_in.refresh_token}).status == 200


def test_a_repeated_refresh_gets_the_same_cookie(send, signed_in):
    renewed = send({"refresh_token": signed_in.refresh_token})

    repeated = send({"refresh_token": signed_in.refresh_token})

    assert repeated.status == 200
    assert repeated.refresh_token == renewed.refresh_token


def test_a_token_reused_later_ends_the_session(send, signed_in, monkeypatch):
    renewed = send({"refresh_token": signed_in.refresh_token})
    monkeypatch.setattr(refresh, "now", lambda: now() + timedelta(minutes=1))

    repeated = send({"refresh_token": signed_in.refresh_token})

    assert (repeated.status, repeated.json["code"]) == (401, "not_signed_in")
    assert repeated.cookies == []
    assert send({"refresh_token": renewed.refresh_token}).status == 401


def test_a_forged_token_does_not_end_the_session(send, signed_in, monkeypatch):
    monkeypatch.setattr(refresh, "now", lambda: now() + timedelta(minutes=1))
    session, _, _ = signed_in.refresh_token.rpartition(".")

    assert send({"refresh_token": f"{session}.{'A' * 43}"}).status == 401

    assert send({"refresh_token": signed_in.refresh_token}).status == 200


@pytest.mark.parametrize(
    "body", [None, "null", {}, {"refresh_token": None}, {"refresh_token": "nonsense"}]
)
def test_a_missing_or_unknown_token_is_rejected(send, jwt_stage, body):
    assert send(body).status == 401


@pytest.mark.parametrize("token", ["", "two\nlines", "x" * 5000, 7, "é"])
def test_a_malformed_token_is_a_bad_request(send, jwt_stage, token):
    assert send({"refresh_token": token}).status == 400


def test_an_access_token_cannot_be_refreshed(send, signed_in):
    assert send({"refresh_token": signed_in.json["access_token"]}).status == 401


def test_a_refresh_token_of_the_pool_is_refreshed(call, gateway_stage):
    body = {"email": "ada@example.com", "password": PASSWORD}
    user = call(register, "POST", "register", body).json["user"]
    signed_in = call(login, "POST", "login", body)
    result = {"AccessToken": signed_in.json["access_token"], "ExpiresIn": 300}

    # moto does not implement this call.
    def answer_refresh(self, operation, request):
        if operation == "GetTokensFromRefreshToken":
            return {"AuthenticationResult": result}
        return make(self, operation, request)

    make = vars(BaseClient)["_make_api_call"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseClient, "_make_api_call", answer_refresh)
        reply = call(refresh, "POST", "refresh", {"refresh_token": signed_in.refresh_token})

    assert reply.status == 200
    assert reply.json["user"] == user


def test_refreshes_are_limited(send, signed_in, monkeypatch):
    monkeypatch.setattr(rate_limits, "SESSION_REFRESH_LIMIT", 1)
    renewed = send({"refresh_token": signed_in.refresh_token})

    refused = send({"refresh_token": renewed.refresh_token})

    assert refused.refusal == (429, "too_many_tries")
    assert int(refused.headers["Retry-After"]) > 0
