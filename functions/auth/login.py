"""POST /api/v1/auth/login: log in."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, device
from docket.auth import sessions
from docket.auth.cookies import login_response
from docket.runtime.clock import now
from docket.schemas.auth import LoginRequest, LoginResponse

app = api(public=True)


@app.post("/api/v1/auth/login")
def login(credentials: LoginRequest) -> Response[LoginResponse]:
    """Log in. The refresh token is set as a cookie that scripts cannot read."""
    return login_response(
        sessions().login(credentials.email, credentials.password, device=device(app), at=now())
    )


handler = app.resolve
