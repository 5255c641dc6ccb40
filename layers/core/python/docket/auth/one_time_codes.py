"""The codes of a second factor: those of an authenticator app (RFC 6238), and recovery codes."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp

from docket.domain.accounts.second_factor import (
    DIGITS,
    PERIOD_SECONDS,
    RECOVERY_CODES,
    TOLERANCE,
    SecondFactor,
    UsedCode,
)

ISSUER = "Docket"

_RECOVERY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Of base32: without digits that look like letters."""

_RECOVERY_LENGTH = 28
"""Characters, of 140 random bits: a fast hash is enough, because nobody can try them all."""

_GROUP = 4


def new_secret() -> str:
    """A secret of 160 bits, in base32, as RFC 4226 recommends."""
    return pyotp.random_base32()


def uri(secret: str, email: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=PERIOD_SECONDS).provisioning_uri(
        name=email, issuer_name=ISSUER
    )


def new_recovery_codes() -> list[str]:
    """Codes such as `K3Q2-7YLM-PZ4A-…`, which the customer writes down."""
    return ["-".join(_groups(_random_text())) for _ in range(RECOVERY_CODES)]


def _random_text() -> str:
    return "".join(secrets.choice(_RECOVERY_ALPHABET) for _ in range(_RECOVERY_LENGTH))


def _groups(text: str) -> Sequence[str]:
    return [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]


def recovery_hash(code: str) -> str:
    """The SHA-256 of a recovery code, as 64 hex digits, however it is written.

    Case, spaces and hyphens do not count.
    """
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def check(code: str, factor: SecondFactor, secret: str, *, at: datetime) -> UsedCode | None:
    """What the code is, if it is right and was not used before, else None.

    `secret` is that of the app, in base32. The caller records the use, or the code stays valid.
    """
    plain = _plain(code)
    if len(plain) != DIGITS:
        hashed = recovery_hash(code)
        return UsedCode(recovery_hash=hashed) if hashed in factor.recovery_hashes else None
    step = _step(plain, secret, at)
    return UsedCode(step=step) if step is not None and step > factor.last_step else None


def _step(code: str, secret: str, at: datetime) -> int | None:
    """The period whose code it is, of the current one and those beside it."""
    app = pyotp.TOTP(secret, digits=DIGITS, interval=PERIOD_SECONDS)
    current = int(at.timestamp()) // PERIOD_SECONDS
    steps = range(current - TOLERANCE, current + TOLERANCE + 1)
    right = [step for step in steps if hmac.compare_digest(app.generate_otp(step), code)]
    return right[-1] if right else None


def _plain(code: str) -> str:
    """Without the spaces and hyphens in which codes are shown."""
    return code.replace("-", "").replace(" ", "").upper()
