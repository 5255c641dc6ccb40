"""An idempotency key as a claim: by one key, one request makes one thing."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class IdempotencyKey:
    """A key of a customer's, for making one thing (`what`) by one request (`asked`)."""

    user_id: str
    what: str
    key: str
    asked: str

    @property
    def fingerprint(self) -> str:
        """Tells one request from another, without keeping either."""
        return hashlib.sha256(self.asked.encode()).hexdigest()
