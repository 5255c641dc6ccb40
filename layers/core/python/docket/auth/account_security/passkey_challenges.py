"""Challenges of passkeys: random texts that a device signs, each once and within five minutes.

A challenge is sealed: it states its expiry, and is authentic for one purpose and one subject. The
table stores it when it is answered, in the transaction that has the effect, and not when it is
made. So whoever requests challenges without end fills nothing, uses up nothing of an owner's, and
no limit of theirs can keep an owner from logging in.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from docket.auth import sealing
from docket.domain.accounts.passkey import CHALLENGE_LIFETIME
from docket.domain.accounts.user import Caller
from docket.domain.errors import PasskeyRefused

type Purpose = Literal["add", "prove"]
"""To add a passkey, or to prove by one to be its owner."""

ANYBODY = "anybody"
"""The subject of a challenge for whoever has a passkey of any account."""

_RANDOM_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """A challenge that was answered in time."""

    content: bytes
    expires_at: datetime


def new(purpose: Purpose, subject: str, *, at: datetime) -> bytes:
    """A challenge for one purpose and subject, as the bytes that the device signs."""
    text = f"{(at + CHALLENGE_LIFETIME).isoformat()} {secrets.token_hex(_RANDOM_BYTES)}"
    return base64.urlsafe_b64decode(sealing.seal(text, purpose=_about(purpose), owner=subject))


def check(content: bytes, purpose: Purpose, subject: str, *, at: datetime) -> Challenge:
    """The challenge, if it was made for that and has not expired. Raises `PasskeyRefused`."""
    sealed = base64.urlsafe_b64encode(content).decode()
    try:
        text = sealing.unseal(sealed, purpose=_about(purpose), owner=subject)
    except ValueError:
        raise PasskeyRefused from None
    challenge = Challenge(content=content, expires_at=datetime.fromisoformat(text.split()[0]))
    if challenge.expires_at <= at:
        raise PasskeyRefused
    return challenge


def subject_of(caller: Caller) -> str:
    """Who may answer a challenge to add a passkey: the session that asked for it."""
    return f"{caller.user_id} {caller.session_id}"


def _about(purpose: Purpose) -> str:
    return f"passkey challenge to {purpose}"
