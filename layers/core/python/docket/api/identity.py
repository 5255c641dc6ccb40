"""The caller of a request, and the client it comes from."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from docket.api.accept_language import preferred
from docket.api.edge import VIEWER_HEADER
from docket.api.request_headers import cookie, header
from docket.domain import errors
from docket.domain.accounts import device as devices
from docket.domain.accounts.api_key import SCOPES, SampleAccess, Scope
from docket.domain.accounts.user import Caller, RequestDevice
from docket.runtime import config

MAX_USER_AGENT_LENGTH = 256
"""Maximum number of characters of a User-Agent that are stored."""

MAX_PLACE_LENGTH = 100

SIGN_IN_PATH = "/api/v1/auth/login"
"""The beginning of the paths where somebody signs in."""

PLACE_HEADERS = ("cloudfront-viewer-city", "cloudfront-viewer-country")
"""The distribution percent-encodes letters outside of ASCII."""


def caller(app: APIGatewayHttpResolver) -> Caller:
    """The caller, as the authorizer identified it. Raises `NotSignedIn`."""
    return caller_of(app.current_event.raw_event)


def recent_caller(app: APIGatewayHttpResolver, *, at: datetime) -> Caller:
    """The caller, for what matters most. Raises `NotSignedIn` and `ReauthenticationRequired`."""
    within = timedelta(seconds=config.read(config.Reauthentication).reauthentication_seconds)
    current = caller(app)
    current.require_recent(at, within)
    return current


def session_caller(app: APIGatewayHttpResolver) -> Caller | None:
    """The caller of a public route that recognises sessions; None without an open session."""
    try:
        current = caller(app)
    except errors.NotSignedIn:
        return None
    return None if current.api_key_id else current


def caller_of(event: dict[str, Any]) -> Caller:
    """The caller in an event of the gateway. Raises `NotSignedIn`, and `TooManyTries` for a key."""
    authorized = event["requestContext"].get("authorizer") or {}
    context = authorized.get("lambda") or {}
    if context.get("retry_after"):
        raise errors.TooManyTries(int(context["retry_after"]))
    if context.get("api_key_id"):
        return Caller(
            user_id=context["user_id"],
            session_id="",
            api_key_id=context["api_key_id"],
            scopes=_scopes(context["scopes"]),
            sample=_sample_access(context),
        )
    if context.get("user_id"):
        verified_at = context.get("verified_at")
        return Caller(
            user_id=context["user_id"],
            session_id=context["session_id"],
            verified_at=datetime.fromisoformat(verified_at) if verified_at else None,
        )
    claims = (authorized.get("jwt") or {}).get("claims") or {}
    # A user pool's id tokens have the same issuer; only access tokens authorize requests.
    if claims.get("sub") and claims.get("token_use") == "access":
        return Caller(user_id=claims["sub"], session_id=claims.get("origin_jti", claims["jti"]))
    raise errors.NotSignedIn


def _sample_access(context: dict[str, str]) -> SampleAccess | None:
    """What a test key may do; None: the context is not of a test key."""
    if "sample_scopes" not in context:
        return None
    return SampleAccess(
        order_id=context.get("sample_order_id"), scopes=_scopes(context["sample_scopes"])
    )


def _scopes(names: str) -> frozenset[Scope]:
    return frozenset(set(SCOPES) & set(names.split()))


def _place(app: APIGatewayHttpResolver) -> str | None:
    """The place of the client's address, such as `Bern, CH`, as the distribution guesses it.

    It does so where somebody signs in (`infra/constructs/website/sign_in_cache.py`). Elsewhere the
    headers would be the client's own, and are ignored.
    """
    if not app.current_event.raw_event["rawPath"].startswith(SIGN_IN_PATH):
        return None
    parts = (unquote(header(app, name) or "").strip() for name in PLACE_HEADERS)
    names = [part for part in parts if part and part.isprintable()]
    return ", ".join(names)[:MAX_PLACE_LENGTH] or None


def device(app: APIGatewayHttpResolver) -> RequestDevice:
    """The client of a request.

    The distribution reports the client's address. A function that is reachable from anywhere does
    not get that header: there it is the address of the connection.
    """
    http = app.current_event.raw_event["requestContext"]["http"]
    agent = header(app, "user-agent")
    token = cookie(app, devices.COOKIE)
    return RequestDevice(
        address=header(app, VIEWER_HEADER) or http["sourceIp"],
        agent=agent[:MAX_USER_AGENT_LENGTH] if agent else None,
        place=_place(app),
        token=token if devices.is_token(token) else None,
        language=preferred(header(app, "accept-language")),
    )
