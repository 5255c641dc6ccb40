"""POST /api/v1/auth/passkeys: add a passkey."""

from docket.api import api, device, recent_caller, relying_party
from docket.auth.account_security import passkeys
from docket.runtime.clock import now
from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()


@app.post("/api/v1/auth/passkeys", status_code=201)
def add_passkey(body: AddPasskeyRequest) -> PasskeyResponse:
    """Add the passkey that a device has made, and mail a notice to its owner."""
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    passkey, notice = passkeys.add(session, body, relying_party(app), device=device(app), at=at)
    mails.call_worker(notice)
    return PasskeyResponse.of(passkey)


handler = app.resolve
