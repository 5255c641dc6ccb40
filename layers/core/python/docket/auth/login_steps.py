"""The token between the two steps of a login: that the password was right.

A JWT of five minutes, signed as access tokens are. Its type and audience are others, so that
neither can be used as the other. It opens a session only together with a code, which is used once.
"""

from datetime import datetime, timedelta

from docket.auth import tokens
from docket.domain.accounts.user import User
from docket.domain.errors import LoginExpired, NotSignedIn
from docket.runtime import config

TYPE = "login-step+jwt"
LIFETIME = timedelta(minutes=5)


def issue(user: User, *, at: datetime) -> str:
    """A token of the account in its present version."""
    claims = {"aud": _audience(), "sub": user.id, "ver": user.version, "exp": at + LIFETIME}
    return tokens.signed(claims, TYPE)


def read(token: str, *, at: datetime) -> tuple[str, int]:
    """The id and the version of the account. Raises `LoginExpired`."""
    try:
        claims = tokens.verified(token, TYPE, _audience(), require=("ver",))
    except NotSignedIn:
        raise LoginExpired from None
    if claims["exp"] <= at.timestamp():
        raise LoginExpired
    return claims["sub"], claims["ver"]


def _audience() -> str:
    return f"{config.read(config.Tokens).audience}/login"
