"""DELETE /api/v1/auth/mfa/totp: turn the second factor off."""

from docket.api import api, device, recent_caller
from docket.auth.account_security import second_factors
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()

REMOVED = MessageResponse(message="The account has no second factor")


@app.delete("/api/v1/auth/mfa/totp")
def remove_totp() -> MessageResponse:
    """Turn the second factor off. All other sessions end. The request may be repeated."""
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    notice = second_factors.remove(session, device=device(app), at=at)
    if notice:
        mails.call_worker(notice)
    return REMOVED


handler = app.resolve
