"""GET /api/v1/auth/keys: the API keys of the caller."""

from docket.api import api, caller
from docket.runtime.clock import now
from docket.schemas.accounts.api_keys import ApiKeyResponse
from docket.table.accounts import account_access, api_keys

app = api()


@app.get("/api/v1/auth/keys")
def list_keys() -> list[ApiKeyResponse]:
    """Return the caller's API keys, the newest first, also those that have expired."""
    user_id, at = caller(app).user_id, now()
    access = account_access.find(user_id)
    return [ApiKeyResponse.of(key, access, at=at) for key in api_keys.of_user(user_id)]


handler = app.resolve
