"""Customers, how they are known, where they are signed in, and who of them is calling."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

REFRESH_GRACE = timedelta(seconds=30)
"""How long a refresh token that was just replaced still gets the token that replaced it.

As long as a request may take: the gateway answers after 30 seconds at most, so whoever lost the
reply repeats the request by then. A thief needs the token within these seconds, and is found out
when the successor is used twice.
"""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A signed-in customer, and the session they are signed in by."""

    user_id: str
    session_id: str


@dataclass(frozen=True, kw_only=True)
class User:
    """`email` is as the customer wrote it; what makes it unique is `address_of(email)`."""

    id: str
    email: str
    full_name: str | None
    created_at: datetime
    email_verified: bool = False

    @property
    def address(self) -> str:
        return address_of(self.email)


@dataclass(frozen=True, kw_only=True)
class Credential:
    """What somebody must know to sign in as `user`.

    `made_by` is a fingerprint of the Idempotency-Key the account was made under, if there was one.
    """

    user: User
    password_hash: str
    made_by: str | None = None

    @property
    def address(self) -> str:
        return self.user.address


@dataclass(frozen=True, kw_only=True)
class Device:
    """Where a call comes from: the network address, and what the program calls itself."""

    address: str
    agent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Session:
    """A place where somebody is signed in, until `expires_at` unless it is used before.

    `refresh_hash` is that of the one refresh token that is good now.
    """

    id: str
    user_id: str
    refresh_hash: str
    created_at: datetime
    expires_at: datetime
    device: Device


@dataclass(frozen=True, kw_only=True)
class AuthResult:
    """What somebody who has just signed in, or renewed their stay, is given. Seconds are lifetimes.

    `refresh_token` is None where the one they have goes on being good.
    """

    user: User
    access_token: str
    access_seconds: int
    refresh_token: str | None
    refresh_seconds: int


def address_of(email: str) -> str:
    """The form by which an email address is unique and found.

    Letter case and the ways Unicode has of writing the same letter make no other address, nor does
    it matter whether a domain is written in its own script or in ASCII (`xn--…`). Nothing else is
    made equal, since different mailboxes must stay different: the domain is compared by IDNA 2008,
    the local part by NFC and lower case, letter by letter. It may be longer than what was written.
    """
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return _lower(domain)
    return f"{_lower(local)}@{domain.lower() if domain.isascii() else _ascii(domain)}"


def _lower(text: str) -> str:
    """Letter by letter: as a whole, a Greek word's last sigma would become another letter."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", "".join(letter.lower() for letter in composed))


def _ascii(domain: str) -> str:
    """A domain in ASCII; what cannot be one is not changed more than a local part is."""
    import idna  # noqa: PLC0415 - its tables are big, and such domains rare

    try:
        return idna.encode(domain, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        return _lower(domain)
