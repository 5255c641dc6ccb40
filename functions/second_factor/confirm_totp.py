"""POST /api/v1/auth/mfa/totp/confirm: turn the second factor on."""

from docket.api import api, device, recent_caller
from docket.auth.account_security import second_factors
from docket.runtime.clock import now
from docket.schemas.accounts.second_factors import ConfirmTotpRequest, RecoveryCodesResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()


@app.post("/api/v1/auth/mfa/totp/confirm")
def confirm_totp(body: ConfirmTotpRequest) -> RecoveryCodesResponse:
    """Turn the second factor on by a code of the app, and get the recovery codes.

    From now on a login needs a code. All other sessions end.
    """
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    codes, notice = second_factors.confirm(session, body.code, device=device(app), at=at)
    mails.call_worker(notice)
    return RecoveryCodesResponse(recovery_codes=codes)


handler = app.resolve
