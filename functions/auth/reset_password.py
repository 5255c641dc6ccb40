"""POST /api/v1/auth/reset-password: set a new password by a mailed link."""

from docket.api import api, device, language
from docket.auth.jwt import passwords
from docket.domain.mail import MailKind
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.schemas.credentials import ResetPasswordRequest
from docket.workflows import mails
from docket.workflows.notices import notice_of

app = api(public=True)


@app.post("/api/v1/auth/reset-password")
def reset_password(body: ResetPasswordRequest) -> MessageResponse:
    """Use the link, which is valid once. All sessions of the account end."""
    at = now()
    notify = notice_of(MailKind.PASSWORD_CHANGED, device(app), language(app), at=at)
    mails.call_worker(passwords.reset(body.token, body.password, notify=notify, at=at))
    return MessageResponse(message="Your password is changed. Sign in with it.")


handler = app.resolve
