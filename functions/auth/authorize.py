"""The Lambda authorizer: identifies the caller, if the identity is `jwt`.

It allows every request, and passes on a caller only for a valid token of an open session. The
functions answer 401 to requests without a caller. The gateway could only answer 403, with a body in
its own format. If the table cannot be reached the authorizer raises, and the gateway answers 500.
"""

from typing import Any

from docket.auth import tokens
from docket.domain.errors import NotSignedIn
from docket.runtime import cold_start
from docket.runtime.clock import now
from docket.runtime.logging import handler_errors
from docket.table import sessions

cold_start.resume_gc()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    with handler_errors("the session could not be looked up"):
        caller_context = _caller_context(event["headers"].get("authorization", ""))
    return {"isAuthorized": True, "context": caller_context}


def _caller_context(authorization: str) -> dict[str, str]:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return {}
    try:
        caller = tokens.read(token.strip())
    except NotSignedIn:
        return {}
    session = sessions.find_open(caller, at=now())
    if session is None:
        return {}
    return {
        "user_id": caller.user_id,
        "session_id": caller.session_id,
        "verified_at": session.verified_at.isoformat(),
    }
