"""POST /api/v1/auth/login/passkey/options: begin a login by a passkey."""

from docket.api import api, relying_party
from docket.auth.account_security import passkeys
from docket.runtime.clock import now
from docket.schemas.accounts.passkeys import PasskeyLoginOptionsResponse

app = api(public=True)


@app.post("/api/v1/auth/login/passkey/options")
def login_passkey_options() -> PasskeyLoginOptionsResponse:
    """Return a challenge of five minutes, which a passkey of any account answers once.

    The answer logs in, or proves in an open session that the customer is present.
    """
    return PasskeyLoginOptionsResponse.of(passkeys.begin_login(at=now()), relying_party(app))


handler = app.resolve
