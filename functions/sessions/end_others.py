"""DELETE /api/v1/auth/sessions: end all sessions of the caller but the present one."""

from docket.api import api, recent_caller
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.table.accounts import sessions

app = api()

ENDED = MessageResponse(message="All other sessions have ended")


@app.delete("/api/v1/auth/sessions")
def end_other_sessions() -> MessageResponse:
    """End all sessions but the present one. Their tokens are no longer valid.

    A change of address that awaits its confirmation is void.
    """
    at = now()
    sessions.end_others(recent_caller(app, at=at), at=at)
    return ENDED


handler = app.resolve
