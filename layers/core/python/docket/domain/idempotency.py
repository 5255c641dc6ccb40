"""Idempotency keys: a request that is repeated with the same key creates nothing new."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class IdempotencyKey:
    """A customer's key for one `operation`, with the request it was first sent with."""

    user_id: str
    operation: str
    key: str
    request: str

    @property
    def fingerprint(self) -> str:
        """A hash of the request, stored to recognise the same request without storing it."""
        return hashlib.sha256(self.request.encode()).hexdigest()
