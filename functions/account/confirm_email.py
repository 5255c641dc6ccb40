"""POST /api/v1/auth/confirm-email: confirm a change of address by a mailed link."""

from docket.api import api, device
from docket.auth.account_security import addresses
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LinkRequest
from docket.schemas.accounts.credentials import ConfirmEmailResponse
from docket.workflows.accounts import mails

app = api(public=True)


@app.post("/api/v1/auth/confirm-email")
def confirm_email(body: LinkRequest) -> ConfirmEmailResponse:
    """Use the link, which is valid once. After the last confirmation all sessions end."""
    notice = addresses.confirm_change(body.token, device=device(app), at=now())
    if notice:
        mails.call_worker(notice)
    return ConfirmEmailResponse.of(is_changed=notice is not None)


handler = app.resolve
