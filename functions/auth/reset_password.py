"""POST /api/v1/auth/reset-password: set a new password by a mailed link."""

from aws_lambda_powertools.event_handler import Response

from docket.api import api, device
from docket.auth.account_security import passwords
from docket.auth.cookies import device_response
from docket.runtime.clock import now
from docket.schemas.accounts.credentials import ResetPasswordRequest
from docket.schemas.base import MessageResponse
from docket.workflows.accounts import mails

app = api(public=True)

CHANGED = MessageResponse(message="Your password is changed. Sign in with it.")


@app.post("/api/v1/auth/reset-password")
def reset_password(body: ResetPasswordRequest) -> Response[MessageResponse]:
    """Use the link, which is valid once. All sessions and API keys of the account end.

    A cookie that scripts cannot read makes the device known to the account, as a login does.
    """
    reset = passwords.reset(body.token, body.password, device=device(app), at=now())
    mails.call_worker(reset.notice)
    return device_response(CHANGED, reset.device_token)


handler = app.resolve
