"""PATCH /api/v1/auth/me: change one's name."""

from docket.api import api, caller
from docket.auth import accounts
from docket.schemas.auth import Me, Renaming

app = api()


@app.patch("/api/v1/auth/me")
def update_me(wanted: Renaming) -> Me:
    """Change how one would be addressed."""
    return Me.of(accounts().rename(caller(app), wanted.full_name))


handler = app.resolve
