"""Recognise a repeated registration request."""

import hashlib


def fingerprint(key: str) -> str:
    """A fingerprint of an Idempotency-Key, which may be long."""
    return hashlib.sha256(key.encode()).hexdigest()
