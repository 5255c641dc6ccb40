"""What a signed-in customer carries: an access token for calls, a refresh token for the next one.

The access token is a JWT (RFC 9068): short-lived, and readable by us without a look at the table.
The refresh token is opaque, says whose session it is of, and is good once; the table has the hash
of the current one. Its successor follows from it and our key alone, so that a repeated refresh gets
the same successor although only hashes are stored; whoever holds an old token but not the key can
compute nothing. A part of it is a MAC, which tells a token that was once issued from a made-up one
without keeping every hash there ever was.
"""

import base64
import hashlib
import hmac
import re
import secrets as chance
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

import jwt

from docket.domain.errors import NotSignedIn
from docket.domain.user import Caller
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import new_id

ALGORITHM = "HS256"
TYPE = "at+jwt"

REFETCH_SECONDS = 10.0
"""A token by a key that is not known makes us look for a newer one, and so often at most."""

_REFRESH_TOKEN = re.compile(
    r"([0-9A-HJKMNP-TV-Z]{26})\.([0-9A-HJKMNP-TV-Z]{26})\.([\w-]{43})", re.ASCII
)


def issue(caller: Caller, *, at: datetime) -> str:
    """An access token of this session."""
    about = config.read(config.Tokens)
    key = secrets.secret(about.token_secret)
    claims = {
        "iss": about.issuer,
        "aud": about.audience,
        "sub": caller.user_id,
        "sid": caller.session_id,
        "jti": new_id(),
        "iat": at,
        "exp": at + timedelta(seconds=about.access_token_seconds),
    }
    return jwt.encode(
        claims, key["key"], algorithm=ALGORITHM, headers={"kid": key["kid"], "typ": TYPE}
    )


def read(token: str) -> Caller:
    """Whose access token it is, if it is ours and its time is not up. Raises `NotSignedIn`.

    It does not say that the session still counts.
    """
    about = config.read(config.Tokens)
    if not token.isascii():
        raise NotSignedIn
    try:
        head = jwt.get_unverified_header(token)
        if head.get("typ") != TYPE:
            raise NotSignedIn
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(about.token_secret, head.get("kid")),
            algorithms=[ALGORITHM],
            issuer=about.issuer,
            audience=about.audience,
            # `iat` is ours, and two machines' clocks may differ by more than its age.
            options={
                "require": ["iss", "aud", "sub", "sid", "exp"],
                "verify_iat": False,
                "strict_aud": True,
            },
        )
    except jwt.InvalidTokenError:
        raise NotSignedIn from None
    if not isinstance(claims["sid"], str):
        raise NotSignedIn
    return Caller(user_id=claims["sub"], session_id=claims["sid"])


def _key(arn: str, kid: object) -> str:
    """The key of that id: the current one, or the one before it while it is still kept.

    So keys can be rolled without ending a session: the new one becomes `key`, the old one
    `previous_key`, and goes when the last token signed with it has expired.
    """
    for known_kid, key in _keys(arn):
        if known_kid == kid:
            return key
    raise NotSignedIn


def _keys(arn: str) -> Iterator[tuple[str, str]]:
    """The current key and the one before it, with their ids; then both as they are by now."""
    for good_for in (secrets.GOOD_FOR_SECONDS, REFETCH_SECONDS):
        known = secrets.secret(arn, good_for=good_for)
        for name in ("", "previous_"):
            if f"{name}kid" in known:
                yield known[f"{name}kid"], known[f"{name}key"]


_NONCE_BYTES = 16
"""Half of a refresh token's secret; the other half is the MAC over it."""


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """`secret` is 128 bits that nobody can guess, and 128 bits of MAC over them and the session.

    The first one of a session is random; every other one is derived from the one before it.
    """

    user_id: str
    session_id: str
    secret: str

    @classmethod
    def new(cls, caller: Caller) -> Self:
        """The first one of a session."""
        bare = cls(user_id=caller.user_id, session_id=caller.session_id, secret="")
        return bare._issued(chance.token_bytes(_NONCE_BYTES), _current_key())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `NotSignedIn` for what cannot be one."""
        parts = _REFRESH_TOKEN.fullmatch(text)
        if parts is None:
            raise NotSignedIn
        return cls(user_id=parts[1], session_id=parts[2], secret=parts[3])

    @property
    def caller(self) -> Caller:
        """Whose it says it is: nothing until the table has said that its hash is right."""
        return Caller(user_id=self.user_id, session_id=self.session_id)

    @property
    def hash(self) -> str:
        """A fast hash is enough: what is hashed cannot be guessed."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def successor(self) -> Self:
        """The token that replaces this one. The same one every time, until the key is rolled."""
        return self._successor(_current_key())

    def successors(self) -> Iterator[Self]:
        """The successors by every key there is: the key may be rolled between two refreshes."""
        for _, key in _keys(config.read(config.Tokens).token_secret):
            yield self._successor(key)

    def was_issued(self) -> bool:
        """Whether a key of ours made it. It says nothing about whether it is still good.

        False for one that was made by a key which has been rolled away since.
        """
        nonce = base64.urlsafe_b64decode(self.secret + "=")[:_NONCE_BYTES]
        return any(
            hmac.compare_digest(self.secret, self._issued(nonce, key).secret)
            for _, key in _keys(config.read(config.Tokens).token_secret)
        )

    def _successor(self, key: str) -> Self:
        return self._issued(self._mac("successor", self.secret.encode(), key), key)

    def _issued(self, nonce: bytes, key: str) -> Self:
        """The token of this session with that nonce, and the MAC that says that we made it."""
        secret = base64.urlsafe_b64encode(nonce + self._mac("issued", nonce, key))
        return replace(self, secret=secret.decode().rstrip("="))

    def _mac(self, purpose: str, value: bytes, key: str) -> bytes:
        """Bound to the session and the purpose. No access token is signed over such a message."""
        scope = f"docket refresh token\0{purpose}\0{self.user_id}\0{self.session_id}\0"
        return hmac.digest(key.encode(), scope.encode() + value, "sha256")[:_NONCE_BYTES]

    def __str__(self) -> str:
        return f"{self.user_id}.{self.session_id}.{self.secret}"


def _current_key() -> str:
    return secrets.secret(config.read(config.Tokens).token_secret)["key"]
