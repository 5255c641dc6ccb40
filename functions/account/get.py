"""GET /api/v1/auth/me: the caller's profile."""

from docket.api import api, caller
from docket.auth import accounts
from docket.schemas.accounts.auth import ProfileResponse

app = api(scope="read")


@app.get("/api/v1/auth/me")
def me() -> ProfileResponse:
    """Return the caller's profile."""
    return ProfileResponse.of(accounts().find(caller(app)))


handler = app.resolve
