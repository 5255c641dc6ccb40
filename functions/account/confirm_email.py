"""POST /api/v1/auth/confirm-email: confirm a change of address by a mailed link."""

from docket.api import api, device, session_caller
from docket.auth.account_security import addresses
from docket.auth.account_security.link_proofs import LinkProof
from docket.runtime.clock import now
from docket.schemas.accounts.auth import ConfirmLinkRequest
from docket.schemas.accounts.credentials import ConfirmEmailResponse
from docket.workflows.accounts import mails

app = api(public=True)


@app.post("/api/v1/auth/confirm-email")
def confirm_email(body: ConfirmLinkRequest) -> ConfirmEmailResponse:
    """Use the link, which is valid once. After the last confirmation all sessions end.

    The link to the new address also needs an access token of the account, or its password; without
    both the response is 403 `password_required`.
    """
    proof = LinkProof(session_caller(app), body.password, device(app))
    notice = addresses.confirm_change(body.token, proof, at=now())
    if notice:
        mails.call_worker(notice)
    return ConfirmEmailResponse.of(is_changed=notice is not None)


handler = app.resolve
