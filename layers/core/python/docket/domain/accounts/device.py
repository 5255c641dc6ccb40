"""Devices: how an account knows one again, and what a User-Agent says about it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

COOKIE = "__Host-docket_device"

LIFETIME = timedelta(days=365)
"""How long after its last sign-in an account knows a device."""

NEW_ACCOUNT = timedelta(hours=1)
"""The first device of an account this young is that of the registration, and causes no notice."""

TOKEN_LENGTH = 43
"""Of 32 bytes in base64url."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
"""Parts of a User-Agent and their browser. Most browsers also name those that they resemble."""

_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Agent:
    """What a User-Agent claims; None if it names none that is known."""

    browser: str | None
    system: str | None

    @property
    def name(self) -> str | None:
        """Such as `Firefox, Windows`, in every language; None if neither is known."""
        return ", ".join(part for part in (self.browser, self.system) if part) or None


def agent_of(user_agent: str | None) -> Agent:
    """The browser and the system of a User-Agent, each None if its name is not in the lists."""
    text = user_agent or ""
    return Agent(browser=_first(_BROWSERS, text), system=_first(_SYSTEMS, text))


def is_token(text: str | None) -> bool:
    """Whether the value of a device's cookie has the form of those that Docket sets."""
    if text is None or len(text) != TOKEN_LENGTH:
        return False
    return text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()


def token_hash(token: str) -> str:
    """A fast hash is enough, because the token cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _first(names: Iterable[tuple[str, str]], text: str) -> str | None:
    return next((name for part, name in names if part in text), None)
