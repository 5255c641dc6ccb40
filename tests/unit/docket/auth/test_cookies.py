from dataclasses import replace

from docket.auth.cookies import login_response, logout_response
from docket.domain.accounts.user import AuthResult
from tests.make_people import a_user

AUTH_RESULT = AuthResult(
    user=a_user(),
    access_token="access",
    access_seconds=900,
    refresh_token="refresh",
    refresh_seconds=2592000,
)


def test_the_cookie_is_strict_secure_and_http_only():
    (cookie,) = login_response(AUTH_RESULT).cookies

    assert str(cookie) == (
        "__Host-docket_refresh=refresh; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict"
    )


def test_the_refresh_token_is_only_in_the_cookie():
    reply = login_response(AUTH_RESULT)

    assert reply.body is not None
    assert "refresh" not in reply.body.model_dump_json()
    assert reply.headers["Cache-Control"] == "no-store"


def test_without_a_new_refresh_token_there_is_no_cookie():
    assert login_response(replace(AUTH_RESULT, refresh_token=None)).cookies == []


def test_a_login_sets_a_cookie_of_the_device_that_outlives_the_session():
    _, cookie = login_response(replace(AUTH_RESULT, device_token="device")).cookies

    assert str(cookie) == (
        "__Host-docket_device=device; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Strict"
    )


def test_logout_expires_the_cookie():
    (cookie,) = logout_response().cookies

    assert "__Host-docket_refresh=;" in str(cookie)
    assert "Max-Age=0" in str(cookie)
