"""GET /api/v1/auth/me: who is signed in."""

from docket.api import api, caller
from docket.auth import accounts
from docket.schemas.auth import ProfileResponse

app = api()


@app.get("/api/v1/auth/me")
def me() -> ProfileResponse:
    """Who is signed in."""
    return ProfileResponse.of(accounts().find(caller(app)))


handler = app.resolve
