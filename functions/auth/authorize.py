"""The authorizer: it says who is calling, where identity is `jwt`.

It lets every call through and names a caller only for a token that is good and a session that goes
on; the edge of each function then refuses whoever has no name. The gateway could refuse them here,
but only with 403 and a body of its own. An outage is no answer: it raises, and the gateway says 500
rather than that somebody was signed out.
"""

from typing import Any

from docket.auth import tokens
from docket.domain.errors import NotSignedIn
from docket.runtime import cold_start
from docket.runtime.clock import now
from docket.runtime.logging import contained
from docket.table import sessions

cold_start.resume_gc()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    with contained("the caller could not be looked up"):
        named = _named(event["headers"].get("authorization", ""))
    return {"isAuthorized": True, "context": named}


def _named(authorization: str) -> dict[str, str]:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return {}
    try:
        caller = tokens.read(token.strip())
    except NotSignedIn:
        return {}
    if not sessions.is_open(caller, at=now()):
        return {}
    return {"user_id": caller.user_id, "session_id": caller.session_id}
