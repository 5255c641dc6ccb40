"""Moments as the table keeps them: ISO 8601 in UTC, so that text order is time's order."""

from datetime import UTC, datetime


def to_iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def from_iso(text: str) -> datetime:
    return datetime.fromisoformat(text)
