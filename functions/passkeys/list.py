"""GET /api/v1/auth/passkeys: the passkeys of the caller."""

from docket.api import api, caller
from docket.schemas.accounts.passkeys import PasskeyResponse
from docket.table.accounts import passkeys

app = api()


@app.get("/api/v1/auth/passkeys")
def list_passkeys() -> list[PasskeyResponse]:
    """Return the caller's passkeys, the newest first."""
    return [PasskeyResponse.of(passkey) for passkey in passkeys.of_user(caller(app).user_id)]


handler = app.resolve
