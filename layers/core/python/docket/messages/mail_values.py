"""The values of a mail's parameters, as a person reads them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from docket.domain.language import Language
from docket.domain.user import Device

_MONTHS: Mapping[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}

_BROWSERS: Mapping[str, str] = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
"""By a mark in the User-Agent. Browsers contain the marks of those below them."""

_SYSTEMS: Mapping[str, str] = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def written_time(at: datetime, language: Language) -> str:
    at = at.astimezone(UTC)
    month = _MONTHS[language].split()[at.month - 1]
    if language == "de":
        return f"{at.day}. {month} {at.year} um {at:%H:%M} Uhr (UTC)"
    return f"{at.day} {month} {at.year} at {at:%H:%M} UTC"


def written_device(device: Device) -> str:
    """The browser and the system, if they are known ones, and the network address.

    Of the User-Agent only known names are written: anybody may choose its text.
    """
    agent = device.agent or ""
    names = (_first(_BROWSERS, agent), _first(_SYSTEMS, agent), device.address)
    return ", ".join(name for name in names if name)


def _first(names: Mapping[str, str], agent: str) -> str | None:
    return next((name for mark, name in names.items() if mark in agent), None)
