"""POST /api/v1/auth/mfa/totp: make a secret for an authenticator app."""

from docket.api import api, recent_caller
from docket.auth.account_security import second_factors
from docket.runtime.clock import now
from docket.schemas.accounts.second_factors import TotpResponse
from docket.table.accounts import sessions

app = api()


@app.post("/api/v1/auth/mfa/totp")
def begin_totp() -> TotpResponse:
    """Make a secret for an authenticator app, in place of one that was not confirmed.

    The second factor is on once a code of the app has confirmed it.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    secret, uri = second_factors.begin(session, at=at)
    return TotpResponse(secret=secret, uri=uri)


handler = app.resolve
