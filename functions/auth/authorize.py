"""The Lambda authorizer: identifies the caller, unless API Gateway does (authorizer `gateway`).

It allows every request, and passes on a caller only for a valid token of an open session or an API
key that may be used. The functions answer 401 to requests without a caller, and 429 for a key that
is used too often. The gateway could only answer 403, with a body in its own format. If the table
cannot be reached the authorizer raises, and the gateway answers 500.
"""

from typing import Any

from docket.auth import api_keys, tokens
from docket.domain.errors import NotSignedIn, TooManyTries
from docket.runtime import cold_start
from docket.runtime.clock import now
from docket.runtime.logging import handler_errors
from docket.table.accounts import sessions

cold_start.resume_gc()

API_KEY_PREFIX = "dk_"
"""No token of a session begins with it."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The simple response of a Lambda authorizer; its context is empty without a caller.

    Raises if the session cannot be looked up.
    """
    with handler_errors("the session could not be looked up"):
        caller_context = _caller_context(event["headers"].get("authorization", ""))
    return {"isAuthorized": True, "context": caller_context}


def _caller_context(authorization: str) -> dict[str, str]:
    scheme, _, credential = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return {}
    credential = credential.strip()
    is_key = credential.startswith(API_KEY_PREFIX)
    return _key_context(credential) if is_key else _session_context(credential)


def _session_context(token: str) -> dict[str, str]:
    try:
        caller = tokens.read(token)
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


def _key_context(text: str) -> dict[str, str]:
    try:
        usable = api_keys.use(text, at=now())
    except TooManyTries as refused:
        return {"retry_after": str(refused.retry_after)}
    if usable is None:
        return {}
    key, scopes = usable.key, " ".join(usable.key.scopes)
    caller_context = {"user_id": key.user_id, "api_key_id": key.id}
    if key.mode == "live":
        return {**caller_context, "scopes": scopes}
    # No `scopes`: a function of a release before test keys must not take it for a live key.
    sample = {"sample_order_id": usable.sample_order_id} if usable.sample_order_id else {}
    return {**caller_context, "scopes": "", "sample_scopes": scopes, **sample}
