"""PATCH /api/v1/auth/me: change the caller's name."""

from docket.api import api, caller
from docket.auth import accounts
from docket.schemas.accounts.auth import ProfileResponse, UpdateProfileRequest

app = api()


@app.patch("/api/v1/auth/me")
def update_me(body: UpdateProfileRequest) -> ProfileResponse:
    """Change the caller's full name."""
    return ProfileResponse.of(accounts().rename(caller(app), body.full_name))


handler = app.resolve
