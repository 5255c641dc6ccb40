"""Builders of users, sessions and mails; see `tests.make`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from docket.domain.accounts.api_key import ApiKey
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.passkey import Passkey
from docket.domain.accounts.user import Credential, Device, Session, User

THEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

RECENTLY = "2099-01-01T00:00:00+00:00"
"""When customers have proved to be present, as the authorizer passes it on: lately, always.

The time of the import would be too long ago in a long run.
"""


def a_user(email: str = "ada@example.com", **fields: Any) -> User:
    usual = {"id": "ada", "email": email, "full_name": "Ada", "created_at": THEN}
    return User(**{**usual, **fields})


def a_credential(email: str = "ada@example.com", **fields: Any) -> Credential:
    """`fields` are those of the user; no password matches the hash."""
    return Credential(user=a_user(email, **fields), password_hash="hash")


def a_session(**fields: Any) -> Session:
    usual = {
        "id": "S1",
        "user_id": "ada",
        "refresh_hash": "current",
        "created_at": THEN,
        "used_at": THEN,
        "verified_at": THEN,
        "expires_at": THEN + timedelta(days=30),
        "ends_at": THEN + timedelta(days=180),
        "device": Device(address="203.0.113.7", agent="a browser"),
    }
    return Session(**{**usual, **fields})


def an_api_key(**fields: Any) -> ApiKey:
    usual = {
        "id": "01JD0000000000000000000001",
        "user_id": "ada",
        "hash": "a" * 64,
        "hint": "dk_live_Gq7x",
        "name": "Import",
        "scopes": ("read",),
        "created_at": THEN,
        "expires_at": THEN + timedelta(days=90),
    }
    return ApiKey(**{**usual, **fields})


def a_passkey(**fields: Any) -> Passkey:
    usual = {
        "id": "a" * 32,
        "user_id": "ada",
        "credential_id": "AAAA",
        "public_key": "pQEC",
        "sign_count": 0,
        "is_synced": False,
        "name": "Laptop",
        "created_at": THEN,
    }
    return Passkey(**{**usual, **fields})


def a_mail(address: str = "ada@example.com", **fields: Any) -> Mail:
    usual = {
        "id": "M1",
        "kind": MailKind.ADDRESS_TAKEN,
        "address": address,
        "language": "en",
        "created_at": THEN,
    }
    return Mail(**{**usual, **fields})
