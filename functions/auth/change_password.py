"""POST /api/v1/auth/change-password: change the password of the caller."""

from docket.api import api, caller, device
from docket.auth.jwt import passwords
from docket.runtime.clock import now
from docket.schemas.accounts.credentials import ChangePasswordRequest
from docket.schemas.base import MessageResponse
from docket.workflows.accounts import mails

app = api()


@app.post("/api/v1/auth/change-password")
def change_password(body: ChangePasswordRequest) -> MessageResponse:
    """Change the password. All other sessions end. The request may be repeated."""
    notice = passwords.change(
        caller(app), body.password, body.new_password, device=device(app), at=now()
    )
    if notice:
        mails.call_worker(notice)
    return MessageResponse(message="Your password is changed. All other sessions have ended.")


handler = app.resolve
