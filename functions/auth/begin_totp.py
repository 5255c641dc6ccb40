"""POST /api/v1/auth/mfa/totp: make a secret for an authenticator app."""

from docket.api import api, recent_caller
from docket.auth.jwt import second_factors
from docket.runtime.clock import now
from docket.schemas.accounts.second_factors import TotpResponse

app = api()


@app.post("/api/v1/auth/mfa/totp")
def begin_totp() -> TotpResponse:
    """Make a secret for an authenticator app, in place of one that was not confirmed.

    The second factor is on once a code of the app has confirmed it.
    """
    at = now()
    secret, uri = second_factors.begin(recent_caller(app, at=at), at=at)
    return TotpResponse(secret=secret, uri=uri)


handler = app.resolve
