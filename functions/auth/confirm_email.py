"""POST /api/v1/auth/confirm-email: confirm a change of address by a mailed link."""

from docket.api import api, language
from docket.auth.jwt import addresses
from docket.messages.mail_values import written_time
from docket.runtime.clock import now
from docket.schemas.auth import LinkRequest
from docket.schemas.credentials import ConfirmEmailResponse
from docket.workflows import mails

app = api(public=True)


@app.post("/api/v1/auth/confirm-email")
def confirm_email(body: LinkRequest) -> ConfirmEmailResponse:
    """Use the link, which is valid once. After the last confirmation all sessions end."""
    at, written_in = now(), language(app)
    notice = addresses.confirm_change(
        body.token, time=written_time(at, written_in), language=written_in, at=at
    )
    if notice:
        mails.call_worker(notice)
    return ConfirmEmailResponse.of(is_changed=notice is not None)


handler = app.resolve
