"""POST /api/v1/auth/change-password: change the password of the caller."""

from docket.api import api, caller, device, language
from docket.auth.jwt import passwords
from docket.domain.mail import MailKind
from docket.domain.rate_limits import network
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.schemas.credentials import ChangePasswordRequest
from docket.workflows import mails
from docket.workflows.notices import notice_of

app = api()


@app.post("/api/v1/auth/change-password")
def change_password(body: ChangePasswordRequest) -> MessageResponse:
    """Change the password. All other sessions end. The request may be repeated."""
    at, client = now(), device(app)
    notice = passwords.change(
        caller(app),
        body.password,
        body.new_password,
        network=network(client.address),
        notify=notice_of(MailKind.PASSWORD_CHANGED, client, language(app), at=at),
        at=at,
    )
    if notice:
        mails.call_worker(notice)
    return MessageResponse(message="Your password is changed. All other sessions have ended.")


handler = app.resolve
