"""GET /api/v1/auth/sessions: where the caller is signed in."""

from docket.api import api, caller
from docket.runtime.clock import now
from docket.schemas.accounts.sessions import SessionResponse
from docket.table.accounts import sessions as session_table

app = api()


@app.get("/api/v1/auth/sessions")
def sessions() -> list[SessionResponse]:
    """Return the caller's open sessions, the newest first, up to 100."""
    customer = caller(app)
    found = session_table.of_user(customer.user_id, at=now())
    return [SessionResponse.of(session, customer) for session in found]


handler = app.resolve
