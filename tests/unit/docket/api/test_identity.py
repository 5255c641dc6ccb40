from dataclasses import replace
from datetime import timedelta

import pytest

from docket.api import api, caller, device, recent_caller
from docket.api.identity import MAX_USER_AGENT_LENGTH, caller_of
from docket.domain.accounts.api_key import SampleAccess
from tests.make_calls import Reply, a_request
from tests.make_people import THEN


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


TOKEN = "t" * 43


@pytest.mark.parametrize(
    ("cookie", "token"), [(TOKEN, TOKEN), (TOKEN[1:], None), (f"{TOKEN}!", None), ("", None)]
)
def test_a_device_is_known_by_its_cookie_if_docket_set_it(cookie, token):
    app = api(public=True)

    @app.get("/device")
    def get() -> dict[str, str | None]:
        return {"token": device(app).token, "language": device(app).language}

    event = a_request(
        "GET",
        "/device",
        headers={"accept-language": "de-CH"},
        cookies=(f"__Host-docket_device={cookie}",),
    )

    assert Reply(app.resolve(event, None)).json == {"token": token, "language": "de"}


@pytest.mark.parametrize(
    ("verified", "refusal"),
    [
        (timedelta(minutes=15), None),
        (timedelta(minutes=15, seconds=1), (403, "reauthentication_required")),
        (None, (403, "reauthentication_required")),
    ],
)
def test_what_matters_needs_a_customer_who_was_present_lately(jwt_stage, verified, refusal):
    app = api()

    @app.get("/matters")
    def get() -> dict[str, str]:
        return {"user": recent_caller(app, at=THEN).user_id}

    event = a_request("GET", "/matters", caller={"user_id": "ada", "session_id": "S1"})
    if verified is not None:
        context = event["requestContext"]["authorizer"]["lambda"]
        context["verified_at"] = (THEN - verified).isoformat()
    reply = Reply(app.resolve(event, None))

    assert (reply.refusal if refusal else reply.json) == (refusal or {"user": "ada"})


@pytest.mark.parametrize(
    ("headers", "place"),
    [
        (
            {"cloudfront-viewer-city": "Z%C3%BCrich", "cloudfront-viewer-country": "CH"},
            "Zürich, CH",
        ),
        ({"cloudfront-viewer-country": "CH"}, "CH"),
        ({"cloudfront-viewer-city": "a%0Ab", "cloudfront-viewer-country": "CH"}, "CH"),
        ({"cloudfront-viewer-city": "a" * 1000}, "a" * 100),
        ({}, None),
    ],
    ids=range(5),
)
def test_a_device_has_the_place_that_the_distribution_guesses(headers, place):
    assert place_at("/api/v1/auth/login", headers) == place


@pytest.mark.parametrize("path", ["/api/v1/auth/reset-password", "/api/v1/auth/change-password"])
def test_a_client_cannot_name_a_place_where_the_distribution_guesses_none(path):
    """It would stand in a mail to the owner, such as that about a changed password."""
    assert place_at(path, {"cloudfront-viewer-city": "Bern"}) is None


def place_at(path, headers):
    app = api(public=True)

    @app.get(path)
    def get() -> dict[str, str | None]:
        return {"place": device(app).place}

    return Reply(app.resolve(a_request("GET", path, headers=headers), None)).json["place"]


def test_a_test_key_has_no_scopes_but_for_the_sample_order():
    context = {"user_id": "ada", "api_key_id": "K1", "scopes": "", "sample_scopes": "write read"}
    event = a_request("GET", "/me", caller={**context, "sample_order_id": "O1"})

    test_caller = caller_of(event)

    assert test_caller.scopes == frozenset()
    assert test_caller.sample == SampleAccess(order_id="O1", scopes=frozenset({"read", "write"}))
    without = caller_of(a_request("GET", "/me", caller=context)).sample
    assert without == replace(test_caller.sample, order_id=None)
