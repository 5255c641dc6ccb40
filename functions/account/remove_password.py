"""DELETE /api/v1/auth/me/password: remove the password of the caller."""

from docket.api import api, device, recent_caller
from docket.auth.jwt import passwords
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()

REMOVED = MessageResponse(message="The account has no password. All other sessions have ended.")


@app.delete("/api/v1/auth/me/password")
def remove_password() -> MessageResponse:
    """Remove the password: only passkeys open the account, of which it needs one at least.

    All other sessions end, and a mail tells the owner. A mailed link sets a password again. The
    request may be repeated.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    notice = passwords.remove(session, device=device(app), at=at)
    if notice:
        mails.call_worker(notice)
    return REMOVED


handler = app.resolve
