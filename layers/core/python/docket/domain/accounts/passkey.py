"""Passkeys (WebAuthn Level 3): signing keys that a device stores for an account, and this site."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.domain.accounts.user import User

MAX_PASSKEYS = 20
"""The passkeys of one account."""

CHALLENGE_LIFETIME = timedelta(minutes=5)
"""How long a device and its owner may take to answer a challenge."""

ALGORITHMS = (-8, -7, -257)
"""EdDSA, ES256 and RS256 by their COSE identifiers, the preferred one first."""

_ID_LENGTH = 32


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey. `credential_id` and `public_key` (COSE) are in base64url.

    `sign_count` is what the device counted at the last use; most count nothing, and it stays 0.
    `is_synced`: its owner's devices share it, so that the loss of one does not lose it.
    """

    id: str
    user_id: str
    credential_id: str
    public_key: str
    sign_count: int
    is_synced: bool
    name: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PasskeyUse:
    """What a device reported as it used a passkey."""

    sign_count: int
    is_synced: bool


@dataclass(frozen=True, kw_only=True)
class RelyingParty:
    """The site that passkeys are for: the domain they are bound to, and the origin of its pages."""

    id: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class NewPasskeyOptions:
    """What a device needs to make a passkey for an account, which has `passkeys`."""

    challenge: str
    user: User
    user_handle: str
    passkeys: tuple[Passkey, ...]


def passkey_id(credential_id: str) -> str:
    """The id of a passkey, which is shorter than that of its credential: 32 hex digits."""
    return hashlib.sha256(credential_id.encode()).hexdigest()[:_ID_LENGTH]
