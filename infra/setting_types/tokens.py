"""The lifetimes of tokens and sessions: a part of the settings of a stage."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Lifetimes in seconds. The refresh token's is the longest time between two refreshes."""

    access_seconds: int
    refresh_seconds: int
    session_seconds: int
    """The longest that a session lasts, however often it is used."""
    reauthentication_seconds: int
    """How long after a login, or a proof of being present, a customer may do what matters most."""
    pool_access_seconds: int
    """The lifetime of an access token of the user pool, which the authorizer `gateway` accepts.

    API Gateway checks those tokens and does not know about sessions: after a logout the access
    token is valid until it expires. Five minutes is Cognito's minimum; the cost is a refresh every
    five minutes. The authorizer `lambda` looks up the session, so a logout takes effect at once.
    """


DAY = 24 * 60 * 60
"""In seconds."""

TOKENS = Tokens(
    access_seconds=15 * 60,
    refresh_seconds=30 * DAY,
    session_seconds=180 * DAY,
    reauthentication_seconds=15 * 60,
    pool_access_seconds=5 * 60,
)
"""What a stage has unless it says otherwise."""
