"""POST /api/v1/auth/mfa/recovery-codes: make new recovery codes."""

from docket.api import api, device, recent_caller
from docket.auth.account_security import second_factors
from docket.runtime.clock import now
from docket.schemas.accounts.second_factors import RecoveryCodesResponse
from docket.table.accounts import sessions
from docket.workflows.accounts import mails

app = api()


@app.post("/api/v1/auth/mfa/recovery-codes")
def renew_recovery_codes() -> RecoveryCodesResponse:
    """Make new recovery codes. All earlier ones are void. A mail tells the owner."""
    at = now()
    session = sessions.require_open_session(recent_caller(app, at=at), at=at)
    codes, notice = second_factors.renew_recovery_codes(session, device=device(app), at=at)
    mails.call_worker(notice)
    return RecoveryCodesResponse(recovery_codes=codes)


handler = app.resolve
