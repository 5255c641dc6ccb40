"""Customers, and who of them is calling."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A signed-in customer, and the session they are signed in by."""

    user_id: str
    session_id: str


@dataclass(frozen=True, kw_only=True)
class User:
    """`email` is as the customer wrote it; what makes it unique is its normalised form."""

    id: str
    email: str
    full_name: str | None
    created_at: datetime
    email_verified: bool = False
