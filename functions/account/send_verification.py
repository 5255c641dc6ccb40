"""POST /api/v1/auth/verify-email/send: mail another link to the address of the caller."""

from dataclasses import replace

from docket.api import api, caller, device
from docket.auth import accounts
from docket.domain.accounts.mail import MailKind
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.workflows.accounts import mails, requested_mails

app = api()

SENT = MessageResponse(message="We have sent a mail, unless your address is confirmed already.")


@app.post("/api/v1/auth/verify-email/send", status_code=202)
def send_verification() -> MessageResponse:
    """Mail a link that verifies the address. Nothing is sent if it is verified already."""
    user, client = accounts().find(caller(app)), device(app)
    kind = MailKind.VERIFY_ADDRESS
    requested_mails.count(user.address, kind, client, at=now())
    if not user.email_verified:
        mail = requested_mails.mail_to(user.address, kind, client.language, at=now())
        mails.request(replace(mail, requested_by=user.id))
    return SENT


handler = app.resolve
