"""POST /api/v1/auth/verify-email: confirm the address of an account by a mailed link."""

from docket.api import api
from docket.auth import accounts
from docket.runtime.clock import now
from docket.schemas.accounts.auth import LinkRequest
from docket.schemas.base import MessageResponse

app = api(public=True)

CONFIRMED = MessageResponse(message="Your email address is confirmed.")


@app.post("/api/v1/auth/verify-email")
def verify_email(body: LinkRequest) -> MessageResponse:
    """Use the link, which is valid once. Opening its page does not use it."""
    accounts().verify_address(body.token, at=now())
    return CONFIRMED


handler = app.resolve
