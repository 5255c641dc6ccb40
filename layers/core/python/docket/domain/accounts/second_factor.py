"""A customer's second factor: an authenticator app (TOTP, RFC 6238), and codes for its loss."""

from dataclasses import dataclass, field
from datetime import datetime

PERIOD_SECONDS = 30
"""How long a code is shown."""

TOLERANCE = 1
"""The periods before and after the present one whose codes are accepted, for clocks that differ."""

DIGITS = 6

RECOVERY_CODES = 10


@dataclass(frozen=True, kw_only=True)
class SecondFactor:
    """`sealed_secret` is encrypted; see `docket.auth.sealing`.

    Until `confirmed_at` the customer has not shown that the app has the secret, and it is not asked
    for. A code is used once: `last_step` is the period of the last one, and a recovery code is in
    `recovery_hashes` until it is used.
    """

    user_id: str
    sealed_secret: str
    created_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0
    recovery_hashes: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class UsedCode:
    """A code that was right: the period of the app's code, or the hash of a recovery code."""

    step: int | None = None
    recovery_hash: str | None = None
