"""DELETE /api/v1/auth/sessions/{session_id}: end one session of the caller."""

from dataclasses import replace

from docket.api import api, recent_caller
from docket.domain.errors import SessionNotFound
from docket.runtime.clock import now
from docket.schemas.base import MessageResponse
from docket.schemas.ids import SessionId
from docket.table.accounts import sessions

app = api()

ENDED = MessageResponse(message="The session has ended")


@app.delete("/api/v1/auth/sessions/<session_id>")
def end_session(session_id: SessionId) -> MessageResponse:
    """End a session of the caller, also the present one. Its tokens are no longer valid.

    A change of address that awaits its confirmation is void.
    """
    at = now()
    current = sessions.require_open_session(recent_caller(app, at=at), at=at)
    session = replace(current.caller, session_id=session_id)
    if not sessions.is_open(session, at=at):
        raise SessionNotFound
    sessions.revoke(session, at=at)
    return ENDED


handler = app.resolve
