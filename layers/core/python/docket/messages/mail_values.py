"""The parameters of a mail as a person reads them, in the language of the mail."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from docket.domain.language import Language

_MONTHS: Mapping[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}

_UNKNOWN_DEVICE: Mapping[Language, str] = {
    "en": "an unknown device",
    "de": "einem unbekannten Gerät",
}
"""The parameter `device` is empty if the User-Agent names none that is known."""


def written(params: Mapping[str, str], language: Language) -> dict[str, str]:
    """The parameters, those that depend on the language in words."""
    return {
        name: _WRITTEN[name](value, language) if name in _WRITTEN else value
        for name, value in params.items()
    }


def written_time(time: str, language: Language) -> str:
    """A time of ISO 8601 with its offset. Raises `ValueError` for any other text."""
    at = datetime.fromisoformat(time).astimezone(UTC)
    month = _MONTHS[language].split()[at.month - 1]
    if language == "de":
        return f"{at.day}. {month} {at.year} um {at:%H:%M} Uhr (UTC)"
    return f"{at.day} {month} {at.year} at {at:%H:%M} UTC"


def _written_date(date: str, language: Language) -> str:
    """A day of ISO 8601."""
    day = datetime.fromisoformat(date)
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"


def _written_device(name: str, language: Language) -> str:
    return name or _UNKNOWN_DEVICE[language]


_WRITTEN: Mapping[str, Callable[[str, Language], str]] = {
    "time": written_time,
    "until": written_time,
    "date": _written_date,
    "device": _written_device,
}
