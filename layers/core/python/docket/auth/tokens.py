"""Tokens: an access token for requests, and a refresh token for the next access token.

The access token is a short-lived JWT (RFC 9068), signed by Ed25519. It is verified without the
table, and by everybody who has the published keys. The refresh token is opaque, contains its
session's id, and is valid once; the table stores the hash of the current one. Its successor is
derived from the token and the signing key, so that a repeated refresh gets the same successor
although only hashes are stored, and nobody without the key can derive it. A part of it is a MAC,
which distinguishes a token that was issued from a forged one without storing the hashes of all
earlier tokens.
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

from docket.auth import signing_keys
from docket.domain.accounts.user import Caller
from docket.domain.errors import NotSignedIn
from docket.gateways import secrets
from docket.runtime import config
from docket.runtime.clock import new_id

TYPE = "at+jwt"

PUBLISHED_SECONDS = 300
"""How long others may cache the public keys. A key signs only after it was published for longer."""

_NAMES = ("", "previous_", "next_")
"""The prefixes of the fields of the secret, for each key."""

REFETCH_SECONDS = 10.0
"""Minimum interval between reloads of the keys, which a token with an unknown key id causes."""

_ULID = "[0-9A-HJKMNP-TV-Z]{26}"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFRESH_TOKEN = re.compile(rf"({_ULID}|{_UUID})\.({_ULID})\.([\w-]{{43}})", re.ASCII)
"""The ids of the account, which in a user pool is a UUID, and of the session; and the secret."""


def issue(caller: Caller, *, at: datetime) -> str:
    """An access token of the session."""
    about = config.read(config.Tokens)
    claims = {
        "aud": about.audience,
        "sub": caller.user_id,
        "sid": caller.session_id,
        "jti": new_id(),
        "iat": at,
        "exp": at + timedelta(seconds=about.access_token_seconds),
    }
    return signed(claims, TYPE)


def signed(claims: dict[str, Any], kind: str) -> str:
    """A token of that type with these claims, of Docket as its issuer."""
    about = config.read(config.Tokens)
    key = secrets.secret(about.token_secret)
    return jwt.encode(
        {"iss": about.issuer, **claims},
        signing_keys.private_key(key["key"]),
        algorithm=signing_keys.ALGORITHM,
        headers={"kid": key["kid"], "typ": kind},
    )


def read(token: str) -> Caller:
    """The caller of an access token that is authentic and not expired. Raises `NotSignedIn`.

    It does not check whether the session is still open.
    """
    claims = verified(token, TYPE, config.read(config.Tokens).audience, require=("sid",))
    if not isinstance(claims["sid"], str):
        raise NotSignedIn
    return Caller(user_id=claims["sub"], session_id=claims["sid"])


def verified(token: str, kind: str, audience: str, *, require: tuple[str, ...]) -> dict[str, Any]:
    """The claims of a token of that type and audience that Docket signed, with those required.

    Raises `NotSignedIn` for one that is not authentic or has expired.
    """
    about = config.read(config.Tokens)
    if not token.isascii():
        raise NotSignedIn
    try:
        head = jwt.get_unverified_header(token)
        if head.get("typ") != kind:
            raise NotSignedIn
        claims: dict[str, Any] = jwt.decode(
            token,
            signing_keys.private_key(_key(about.token_secret, head.get("kid"))).public_key(),
            algorithms=[signing_keys.ALGORITHM],
            issuer=about.issuer,
            audience=audience,
            # `iat` was set by another machine, whose clock may be ahead.
            options={
                "require": ["iss", "aud", "sub", "exp", *require],
                "verify_iat": False,
                "strict_aud": True,
            },
        )
    except jwt.InvalidTokenError:
        raise NotSignedIn from None
    return claims


def public_keys() -> list[dict[str, str]]:
    """The public keys as JSON web keys: the current one first."""
    fields = secrets.secret(config.read(config.Tokens).token_secret)
    return [
        signing_keys.jwk(fields[f"{name}kid"], fields[f"{name}key"])
        for name in _NAMES
        if f"{name}kid" in fields
    ]


def _key(arn: str, kid: object) -> str:
    """The key with that id. Raises `NotSignedIn`.

    Keys are rotated without ending sessions: the next key is known before it signs, and the
    previous one until the last token signed with it has expired. See `operations.rotation`.
    """
    for known_kid, key in _keys(arn):
        if known_kid == kid:
            return key
    raise NotSignedIn


def _keys(arn: str) -> Iterator[tuple[str, str]]:
    """The current, the previous and the next key with their ids; then all again, reloaded."""
    for max_age_seconds in (secrets.CACHE_SECONDS, REFETCH_SECONDS):
        fields = secrets.secret(arn, max_age_seconds=max_age_seconds)
        for name in _NAMES:
            if f"{name}kid" in fields:
                yield fields[f"{name}kid"], fields[f"{name}key"]


_NONCE_BYTES = 16
"""Length of the random half of a refresh token's secret; the other half is its MAC."""


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """`secret` is 128 random bits, and 128 bits of a MAC over them and the session.

    The first token of a session is random; every other one is derived from the previous one.
    """

    user_id: str
    session_id: str
    secret: str

    @classmethod
    def new(cls, caller: Caller) -> Self:
        """The first token of a session."""
        unsigned = cls(user_id=caller.user_id, session_id=caller.session_id, secret="")
        return unsigned._issued(chance.token_bytes(_NONCE_BYTES), _current_key())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `NotSignedIn` for a malformed token."""
        parts = _REFRESH_TOKEN.fullmatch(text)
        if parts is None:
            raise NotSignedIn
        return cls(user_id=parts[1], session_id=parts[2], secret=parts[3])

    @property
    def caller(self) -> Caller:
        """The session that the token claims to be of; unverified until its hash is compared."""
        return Caller(user_id=self.user_id, session_id=self.session_id)

    @property
    def hash(self) -> str:
        """A fast hash is enough, because the secret cannot be guessed."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def successor(self) -> Self:
        """The successor of this token. It is the same every time, until the key is rotated."""
        return self._successor(_current_key())

    def successors(self) -> Iterator[Self]:
        """The successors by every stored key: the key may be rotated between two refreshes."""
        for _, key in _keys(config.read(config.Tokens).token_secret):
            yield self._successor(key)

    def was_issued(self) -> bool:
        """Whether a stored key made the token. It does not tell whether the token is still valid.

        False for a token made with a key that has been removed since.
        """
        nonce = base64.urlsafe_b64decode(self.secret + "=")[:_NONCE_BYTES]
        return any(
            hmac.compare_digest(self.secret, self._issued(nonce, key).secret)
            for _, key in _keys(config.read(config.Tokens).token_secret)
        )

    def _successor(self, key: str) -> Self:
        return self._issued(self._mac("successor", self.secret.encode(), key), key)

    def _issued(self, nonce: bytes, key: str) -> Self:
        """The token of the session with that nonce, and its MAC."""
        secret = base64.urlsafe_b64encode(nonce + self._mac("issued", nonce, key))
        return replace(self, secret=secret.decode().rstrip("="))

    def _mac(self, purpose: str, value: bytes, key: str) -> bytes:
        """The MAC of a message with the session and the purpose; no JWT has such a message."""
        scope = f"docket refresh token\0{purpose}\0{self.user_id}\0{self.session_id}\0"
        return hmac.digest(key.encode(), scope.encode() + value, "sha256")[:_NONCE_BYTES]

    def __str__(self) -> str:
        return f"{self.user_id}.{self.session_id}.{self.secret}"


def _current_key() -> str:
    return secrets.secret(config.read(config.Tokens).token_secret)["key"]
