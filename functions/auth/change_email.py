"""POST /api/v1/auth/change-email: begin a change of the caller's address."""

from docket.api import api, device, recent_caller
from docket.auth.jwt import addresses
from docket.domain.mail import MailKind
from docket.domain.user import address_of
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.schemas.credentials import ChangeEmailRequest
from docket.workflows import mails, requested_mails

app = api()


@app.post("/api/v1/auth/change-email", status_code=202)
def change_email(body: ChangeEmailRequest) -> MessageResponse:
    """Mail a link to the new address, and one to the present address if it is verified.

    The address changes when all of them are confirmed. A later request replaces this one.
    """
    at, client = now(), device(app)
    user = recent_caller(app, at=at)
    new_address, kind = address_of(body.email), MailKind.CONFIRM_NEW_ADDRESS
    requested_mails.count(new_address, kind, client, at=at)
    for mail in addresses.request_change(user, body.email, language=client.language, at=at):
        mails.call_worker(mail)
    return MessageResponse(message="We have sent a mail to each address. Follow the links.")


handler = app.resolve
