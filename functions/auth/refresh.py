"""POST /api/v1/auth/refresh: stay signed in, by the cookie's token or one in the body."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, cookie
from docket.auth import sessions
from docket.auth.cookies import COOKIE, login_response
from docket.domain.errors import NotSignedIn
from docket.runtime.clock import now
from docket.schemas.auth import LoginResponse, RefreshRequest

app = api(public=True)


@app.post("/api/v1/auth/refresh")
def refresh(body: RefreshRequest | None = None) -> Response[LoginResponse]:
    """Trade the refresh token, good once, for a new access token and a new refresh token.

    The same request again within 30 seconds gets the same refresh token, so it may be repeated
    when a reply is lost. A token that was used before that ends the session.
    """
    token = (body and body.refresh_token) or cookie(app, COOKIE)
    if token is None:
        raise NotSignedIn
    return login_response(sessions().refresh(token, at=now()))


handler = app.resolve
