"""The login and logout responses, with the cookie of the refresh token.

Only the cookie holds the refresh token, so no script of a page, own or injected, can read it:
`HttpOnly` hides it, `Secure` keeps it off plain HTTP (browsers make an exception for names under
`localhost`), and with the prefix `__Host-` of its name browsers store only one that this host has
set, over HTTPS: a page of a sibling host cannot put the cookie of another account beside it. The
prefix demands `Path=/`, so every request to this host carries it, but only these routes read it,
and neither logs nor the pages' bucket get cookies.

No anti-forgery token is needed. With `SameSite=Strict`, browsers neither send nor store the cookie
in requests that another site causes. A form of another site cannot send JSON, which every body must
be, and its scripts would need a CORS preflight, which the API never grants. A logout also needs the
access token in a header, which only the site's own pages know.

A second cookie has the token of the device, which outlives the session; see
`docket.auth.known_devices`.
"""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from docket.domain.accounts import device
from docket.domain.accounts.user import AuthResult, LoginStep
from docket.schemas.accounts.auth import LoginResponse
from docket.schemas.accounts.second_factors import LoginStepResponse
from docket.schemas.base import MessageResponse

COOKIE = "__Host-docket_refresh"
PATH = "/"

_NO_STORE = {"Cache-Control": "no-store"}


def login_step_response(step: LoginStep) -> Response[Any]:
    """The response of a login that needs a code yet: without a cookie."""
    body = LoginStepResponse.of(step)
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, body, _NO_STORE)


def login_response(entry: AuthResult) -> Response[Any]:
    """The response with an access token. The refresh token and a new device are cookies only.

    A login without one of them sets no such cookie.
    """
    cookies = []
    if entry.refresh_token:
        cookies.append(_cookie(COOKIE, entry.refresh_token, entry.refresh_seconds))
    if entry.device_token:
        cookies.append(_device_cookie(entry.device_token))
    return Response(
        HTTPStatus.OK,
        content_types.APPLICATION_JSON,
        LoginResponse.of(entry),
        _NO_STORE,
        cookies,
    )


def device_response(body: MessageResponse, device_token: str) -> Response[MessageResponse]:
    """A response after which the account knows the device, without a session."""
    cookies = [_device_cookie(device_token)]
    return Response(HTTPStatus.OK, content_types.APPLICATION_JSON, body, _NO_STORE, cookies)


def logout_response() -> Response[MessageResponse]:
    """The response of a logout, which removes the cookie of the session."""
    return signed_out_response(HTTPStatus.OK, MessageResponse(message="You are logged out"))


def signed_out_response(status: HTTPStatus, body: MessageResponse) -> Response[MessageResponse]:
    """A response that removes the cookie of the session."""
    cookies = [_cookie(COOKIE, "", 0)]
    return Response(status, content_types.APPLICATION_JSON, body, _NO_STORE, cookies)


def _device_cookie(token: str) -> Cookie:
    return _cookie(device.COOKIE, token, int(device.LIFETIME.total_seconds()))


def _cookie(name: str, value: str, seconds: int) -> Cookie:
    return Cookie(
        name,
        value,
        path=PATH,
        max_age=seconds,
        http_only=True,
        secure=True,
        same_site=SameSite.STRICT_MODE,
    )
