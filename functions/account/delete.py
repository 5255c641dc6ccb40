"""DELETE /api/v1/auth/me: delete the caller's account."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from docket.api import api, device, recent_caller
from docket.auth.cookies import signed_out_response
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import deletion, mails

app = api()

STARTED = MessageResponse(message="Your account is being deleted")


@app.delete("/api/v1/auth/me", status_code=HTTPStatus.ACCEPTED)
def delete_me() -> Response[MessageResponse]:
    """Delete the account and everything of it, except what the law asks to keep of invoices.

    All sessions end at once. The rest is removed within the hour, and a mail reports the end. An
    order that is being paid, refunded or disputed is removed when its money is settled.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    mails.call_worker(deletion.begin(session, device(app), at=at))
    return signed_out_response(HTTPStatus.ACCEPTED, STARTED)


handler = app.resolve
