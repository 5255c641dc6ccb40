"""POST /api/v1/auth/forgot-password: mail a link by which an account gets a new password."""

from docket.api import api, device
from docket.domain.accounts.mail import MailKind
from docket.domain.accounts.user import address_of
from docket.runtime.clock import now
from docket.schemas.accounts.credentials import ForgotPasswordRequest
from docket.schemas.base import MessageResponse
from docket.workflows.accounts import mails, requested_mails

app = api(public=True)

SENT = MessageResponse(message="If this address has an account, we have sent a mail to it.")


@app.post("/api/v1/auth/forgot-password", status_code=202)
def forgot_password(body: ForgotPasswordRequest) -> MessageResponse:
    """Mail a link if the address has an account. The response does not show whether it has one."""
    address = address_of(body.email)
    client = device(app)
    kind = MailKind.RESET_PASSWORD
    requested_mails.count(address, kind, client, at=now())
    mail = requested_mails.mail_to(address, kind, client.language, at=now())
    mails.request(mail)
    return SENT


handler = app.resolve
