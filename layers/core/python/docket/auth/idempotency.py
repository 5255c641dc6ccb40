"""Telling that a request to register is the one that was here before."""

import hashlib


def fingerprint(key: str) -> str:
    """Of an Idempotency-Key, which may be long: what is kept to know it again."""
    return hashlib.sha256(key.encode()).hexdigest()
