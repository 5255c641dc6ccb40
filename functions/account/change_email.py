"""POST /api/v1/auth/change-email: begin a change of the caller's address."""

from docket.api import api, device, recent_caller
from docket.auth.account_security import addresses
from docket.domain.accounts.mail import MailKind
from docket.runtime.clock import now
from docket.schemas.accounts.credentials import ChangeEmailRequest
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails, requested_mails

app = api()

SENT = MessageResponse(message="We have sent a mail to each address. Follow the links.")


@app.post("/api/v1/auth/change-email", status_code=202)
def change_email(body: ChangeEmailRequest) -> MessageResponse:
    """Mail a link to the new address, and one to the present address.

    The address changes when both are confirmed; the present one need not be, if it is not verified.
    A later request replaces this one, and the end of a session, by the list of sessions, voids it.
    """
    at, client = now(), device(app)
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    user, change = addresses.count_change(session, body.email, at=at)
    requested_mails.count(change.new_address, MailKind.CONFIRM_NEW_ADDRESS, client, at=at)
    for mail in addresses.request_change(session, user, change, language=client.language):
        mails.call_worker(mail)
    return SENT


handler = app.resolve
