"""POST /api/v1/auth/verify-email: confirm the address of an account by a mailed link."""

from docket.api import api, device, session_caller
from docket.auth.account_security import addresses
from docket.auth.account_security.link_proofs import LinkProof
from docket.runtime.clock import now
from docket.schemas.accounts.auth import ConfirmLinkRequest
from docket.schemas.base import MessageResponse

app = api(public=True)

CONFIRMED = MessageResponse(message="Your email address is confirmed.")


@app.post("/api/v1/auth/verify-email")
def verify_email(body: ConfirmLinkRequest) -> MessageResponse:
    """Use the link, which is valid once. Opening its page does not use it.

    The link proves who reads the mail. Whose account it is, an access token of the account proves,
    or its password; without both the response is 403 `password_required`. API keys from before end.
    """
    proof = LinkProof(session_caller(app), body.password, device(app))
    addresses.verify(body.token, proof, at=now())
    return CONFIRMED


handler = app.resolve
