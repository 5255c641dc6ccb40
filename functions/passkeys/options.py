"""POST /api/v1/auth/passkeys/options: begin to add a passkey."""

from docket.api import api, recent_caller, relying_party
from docket.auth.account_security import passkeys
from docket.runtime.clock import now
from docket.schemas.accounts.passkeys import PasskeyOptionsResponse
from docket.table.accounts import sessions

app = api()


@app.post("/api/v1/auth/passkeys/options")
def passkey_options() -> PasskeyOptionsResponse:
    """Return what a device needs to make a passkey: a challenge of five minutes, and the account.

    The session that asks for it has to answer it.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    options = passkeys.begin(session, at=at)
    return PasskeyOptionsResponse.of_new(options, relying_party(app))


handler = app.resolve
