"""POST /api/v1/auth/reauthenticate: prove again to be present, before something that matters."""

from docket.api import api, caller
from docket.auth.account_security import sessions
from docket.runtime.clock import now
from docket.schemas.accounts.sessions import ReauthenticateRequest
from docket.schemas.base import MessageResponse

app = api()

CONFIRMED = MessageResponse(message="Confirmed")


@app.post("/api/v1/auth/reauthenticate")
def reauthenticate(proof: ReauthenticateRequest) -> MessageResponse:
    """Confirm that the customer is present: by the password, and a code of the second factor.

    What matters most is refused with `reauthentication_required` unless that was confirmed in this
    session within the last minutes. A login confirms it, too.
    """
    sessions.reauthenticate(caller(app), proof.password, proof.code, at=now())
    return CONFIRMED


handler = app.resolve
