"""The login and logout responses, with the cookie that holds the refresh token.

The refresh token is in the cookie alone: a page's script, ours or one that should not be there,
never holds it. `HttpOnly` hides it, `Secure` keeps it off plain HTTP (browsers make an exception
for names under `localhost`), `Path` sends it to these routes alone.

Another site cannot make use of it. `SameSite=Strict` withholds the cookie from every request that
another site causes, and refuses to store the one of a login that another site causes. A form of
another site cannot send JSON, which every body here must be, and a script of another site would
have to ask first, which the API never grants. Logging out needs the access token in a header too,
and that only our own pages know. So there is nothing for an anti-forgery token to do.
"""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from docket.domain.user import AuthResult
from docket.schemas.auth import LoginResponse
from docket.schemas.base import MessageResponse

COOKIE = "docket_refresh"
PATH = "/api/v1/auth"

_NO_STORE = {"Cache-Control": "no-store"}


def login_response(entry: AuthResult) -> Response[LoginResponse]:
    token = entry.refresh_token
    return Response(
        HTTPStatus.OK,
        content_types.APPLICATION_JSON,
        LoginResponse.of(entry),
        _NO_STORE,
        [_cookie(token, entry.refresh_seconds)] if token else [],
    )


def logout_response() -> Response[MessageResponse]:
    return Response(
        HTTPStatus.OK,
        content_types.APPLICATION_JSON,
        MessageResponse(message="You are signed out"),
        _NO_STORE,
        [_cookie("", 0)],
    )


def _cookie(value: str, seconds: int) -> Cookie:
    return Cookie(
        COOKIE,
        value,
        path=PATH,
        max_age=seconds,
        http_only=True,
        secure=True,
        same_site=SameSite.STRICT_MODE,
    )
