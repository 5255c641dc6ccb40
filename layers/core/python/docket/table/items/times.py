"""Times as stored in the table: ISO 8601 in UTC, so that text sorts by time."""

from datetime import UTC, datetime


def to_iso(at: datetime) -> str:
    """The time in UTC with milliseconds, rounded down: `2026-03-02T10:15:00.000+00:00`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def from_iso(text: str) -> datetime:
    """The inverse of `to_iso`: an aware time. Raises `ValueError` for other text."""
    return datetime.fromisoformat(text)
