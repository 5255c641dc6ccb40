"""POST /api/v1/auth/login/mfa: complete a login by a code of the second factor."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, cookie, device
from docket.auth.account_security import second_factors, sessions
from docket.auth.cookies import COOKIE, login_response
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LoginResponse
from docket.schemas.accounts.second_factors import LoginCodeRequest

app = api(public=True)


@app.post("/api/v1/auth/login/mfa")
def login_mfa(body: LoginCodeRequest) -> Response[LoginResponse]:
    """Log in with the token of the first step, and a code. The refresh token is set as a cookie.

    The session whose cookie the request has ends.
    """
    entry = second_factors.login(body.mfa_token, body.code, device=device(app), at=now())
    sessions.end_replaced(cookie(app, COOKIE))
    return login_response(entry)


handler = app.resolve
