"""DELETE /api/v1/auth/keys/{key_id}: revoke an API key."""

from docket.api import api, caller
from docket.schemas.base import MessageResponse
from docket.schemas.ids import ApiKeyId
from docket.table.accounts import api_keys

app = api()

REVOKED = MessageResponse(message="The API key is revoked")


@app.delete("/api/v1/auth/keys/<key_id>")
def revoke_key(key_id: ApiKeyId) -> MessageResponse:
    """Revoke an API key of the caller. Its next request is refused."""
    api_keys.revoke(caller(app).user_id, key_id)
    return REVOKED


handler = app.resolve
