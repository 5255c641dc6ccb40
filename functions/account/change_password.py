"""POST /api/v1/auth/change-password: change the password of the caller."""

from docket.api import api, caller, device
from docket.auth.account_security import passwords
from docket.runtime.clock import now
from docket.schemas.accounts.credentials import ChangePasswordRequest
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()

CHANGED = MessageResponse(message="Your password is changed. All other sessions have ended.")


@app.post("/api/v1/auth/change-password")
def change_password(body: ChangePasswordRequest) -> MessageResponse:
    """Change the password. All other sessions end. The request may be repeated.

    An account with a second factor needs a recent proof of being present, too.
    """
    at = now()
    session = sessions.require_open_session(caller(app), at=at)
    notice = passwords.change(session, body.password, body.new_password, device=device(app), at=at)
    if notice:
        mails.call_worker(notice)
    return CHANGED


handler = app.resolve
