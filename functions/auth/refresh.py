"""POST /api/v1/auth/refresh: exchange a refresh token, from the cookie or the body."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, cookie, device
from docket.auth import sessions
from docket.auth.cookies import COOKIE, login_response
from docket.domain.errors import NotSignedIn
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LoginResponse, RefreshRequest

app = api(public=True)


@app.post("/api/v1/auth/refresh")
def refresh(body: RefreshRequest | None = None) -> Response[LoginResponse]:
    """Exchange the refresh token, valid once, for new access and refresh tokens.

    The token is that of the body, else that of the cookie `__Host-docket_refresh`. The same
    request repeated within 30 seconds returns the same refresh token, so it is safe to repeat after
    a lost response. A later use of an exchanged token ends the session.
    """
    token = (body and body.refresh_token) or cookie(app, COOKIE)
    if token is None:
        raise NotSignedIn
    return login_response(sessions().refresh(token, device=device(app), at=now()))


handler = app.resolve
