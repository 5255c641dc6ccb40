"""POST /api/v1/auth/login: log in."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, cookie, device
from docket.auth import sessions
from docket.auth.cookies import COOKIE, login_response, login_step_response
from docket.domain.accounts.user import LoginStep
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LoginRequest, LoginResponse
from docket.schemas.accounts.second_factors import LoginStepResponse

app = api(public=True)


@app.post("/api/v1/auth/login")
def login(credentials: LoginRequest) -> Response[LoginResponse | LoginStepResponse]:
    """Log in. The refresh token is set as a cookie that scripts cannot read.

    The session whose cookie the request has ends.
    If the account has a second factor, the response has no tokens but `mfa_token`, for the second
    step.
    """
    entry = sessions().login(credentials.email, credentials.password, device=device(app), at=now())
    if isinstance(entry, LoginStep):
        return login_step_response(entry)
    sessions().end_replaced(cookie(app, COOKIE))
    return login_response(entry)


handler = app.resolve
