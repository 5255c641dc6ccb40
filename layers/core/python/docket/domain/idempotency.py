"""An idempotency key as a claim: by one key, one request makes one thing."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class IdempotencyKey:
    """A key of a customer's, for making one thing (`what`) by one request (`request`)."""

    user_id: str
    what: str
    key: str
    request: str

    @property
    def fingerprint(self) -> str:
        """Tells one request from another, without keeping either."""
        return hashlib.sha256(self.request.encode()).hexdigest()
