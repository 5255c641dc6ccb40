"""Who is calling, and from where."""

import hmac
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from docket.api.request_headers import header
from docket.domain import errors
from docket.domain.user import Caller, Device
from docket.runtime import config

LONGEST_AGENT = 256
"""How many characters of a browser's name are stored."""


def caller(app: APIGatewayHttpResolver) -> Caller:
    """Who is calling, as the authorizer said. Raises `NotSignedIn`."""
    return caller_of(app.current_event.raw_event)


def caller_of(event: dict[str, Any]) -> Caller:
    """The caller of an event as the gateway sends it. Raises `NotSignedIn`."""
    authorized = event["requestContext"].get("authorizer") or {}
    ours = authorized.get("lambda") or {}
    if ours.get("user_id"):
        return Caller(user_id=ours["user_id"], session_id=ours["session_id"])
    claims = (authorized.get("jwt") or {}).get("claims") or {}
    # A user pool's identity token has the same issuer; only its access token is for calling.
    if claims.get("sub") and claims.get("token_use") == "access":
        return Caller(user_id=claims["sub"], session_id=claims.get("origin_jti", claims["jti"]))
    raise errors.NotSignedIn


def device(app: APIGatewayHttpResolver) -> Device:
    """Where the call comes from.

    Our distribution says whom it speaks for, and proves that it is itself by a key that it alone
    adds. The API can be called past it, and by other people's distributions; for those the address
    counts that the connection came from, whatever they say.
    """
    http = app.current_event.raw_event["requestContext"]["http"]
    proof = (header(app, "x-docket-edge") or "").encode()
    viewer = header(app, "x-docket-viewer")
    expected = config.read(config.Edge).edge_key.encode()
    ours = hmac.compare_digest(proof, expected)
    agent = header(app, "user-agent")
    return Device(
        address=viewer if ours and viewer else http["sourceIp"],
        agent=agent[:LONGEST_AGENT] if agent else None,
    )
