"""PATCH /api/v1/auth/passkeys/{passkey_id}: rename a passkey."""

from docket.api import api, caller
from docket.schemas.accounts.passkeys import PasskeyResponse, RenamePasskeyRequest
from docket.schemas.ids import PasskeyId
from docket.table.accounts import passkeys

app = api()


@app.patch("/api/v1/auth/passkeys/<passkey_id>")
def rename_passkey(passkey_id: PasskeyId, body: RenamePasskeyRequest) -> PasskeyResponse:
    """Rename a passkey of the caller. The name is for its owner only: no device sees it."""
    return PasskeyResponse.of(passkeys.rename(caller(app).user_id, passkey_id, body.name))


handler = app.resolve
