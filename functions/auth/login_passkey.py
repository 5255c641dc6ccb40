"""POST /api/v1/auth/login/passkey: log in by a passkey."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, cookie, device, relying_party
from docket.auth.account_security import passkeys, sessions
from docket.auth.cookies import COOKIE, login_response
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LoginResponse
from docket.schemas.accounts.passkeys import PasskeyProof

app = api(public=True)


@app.post("/api/v1/auth/login/passkey")
def login_passkey(body: PasskeyProof) -> Response[LoginResponse]:
    """Log in by a passkey, without a password or a code. The refresh token is set as a cookie.

    The session whose cookie the request has ends.
    """
    entry = passkeys.login(body, relying_party(app), device=device(app), at=now())
    sessions.end_replaced(cookie(app, COOKIE))
    return login_response(entry)


handler = app.resolve
