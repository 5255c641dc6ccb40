"""POST /api/v1/auth/logout: end the session."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, caller, cookie
from docket.auth import sessions
from docket.auth.cookies import COOKIE, logout_response
from docket.schemas.base import MessageResponse

app = api()


@app.post("/api/v1/auth/logout")
def logout() -> Response[MessageResponse]:
    """End the session. Its tokens are no longer valid."""
    sessions().logout(caller(app), cookie(app, COOKIE))
    return logout_response()


handler = app.resolve
