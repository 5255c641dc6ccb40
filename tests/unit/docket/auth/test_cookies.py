from dataclasses import replace

from docket.auth.cookies import login_response, logout_response
from docket.domain.user import AuthResult
from tests.make_people import a_user

ENTRY = AuthResult(
    user=a_user(),
    access_token="access",
    access_seconds=900,
    refresh_token="refresh",
    refresh_seconds=2592000,
)


def test_the_cookie_is_for_this_site_over_tls_to_these_routes_and_no_script():
    (cookie,) = login_response(ENTRY).cookies

    assert str(cookie) == (
        "docket_refresh=refresh; Path=/api/v1/auth; Max-Age=2592000; HttpOnly; Secure; "
        "SameSite=Strict"
    )


def test_the_refresh_token_is_in_the_cookie_alone():
    reply = login_response(ENTRY)

    assert reply.body is not None
    assert "refresh" not in reply.body.model_dump_json()
    assert reply.headers["Cache-Control"] == "no-store"


def test_who_keeps_their_refresh_token_keeps_their_cookie():
    assert login_response(replace(ENTRY, refresh_token=None)).cookies == []


def test_leaving_takes_the_cookie_away():
    (cookie,) = logout_response().cookies

    assert "docket_refresh=;" in str(cookie)
    assert "Max-Age=0" in str(cookie)
