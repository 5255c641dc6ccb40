"""DELETE /api/v1/auth/passkeys/{passkey_id}: remove a passkey."""

from docket.api import api, device, recent_caller
from docket.auth.account_security import passkeys
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.schemas.ids import PasskeyId
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()

REMOVED = MessageResponse(message="The passkey is removed")


@app.delete("/api/v1/auth/passkeys/<passkey_id>")
def remove_passkey(passkey_id: PasskeyId) -> MessageResponse:
    """Remove a passkey of the caller, and mail a notice to its owner. All other sessions end."""
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    notice = passkeys.remove(session, passkey_id, device=device(app), at=at)
    if notice:
        mails.call_worker(notice)
    return REMOVED


handler = app.resolve
