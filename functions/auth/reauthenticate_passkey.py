"""POST /api/v1/auth/reauthenticate/passkey: prove by a passkey to be present."""

from docket.api import api, caller, relying_party
from docket.auth.account_security import passkeys
from docket.runtime.clock import now
from docket.schemas.accounts.passkeys import PasskeyProof
from docket.schemas.base import MessageResponse

app = api()

CONFIRMED = MessageResponse(message="Confirmed")


@app.post("/api/v1/auth/reauthenticate/passkey")
def reauthenticate_passkey(proof: PasskeyProof) -> MessageResponse:
    """Confirm by a passkey of the account that the customer is present.

    It replaces the password, and the code of a second factor. `POST /auth/login/passkey/options`
    returns the challenge.
    """
    passkeys.confirm(caller(app), proof, relying_party(app), at=now())
    return CONFIRMED


handler = app.resolve
