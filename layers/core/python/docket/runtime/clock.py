"""The time now, and new ids. The domain takes both as arguments."""

from datetime import UTC, datetime

from ulid import ULID


def now() -> datetime:
    """The current time in UTC, in milliseconds, which is the precision of the API and the table."""
    current = datetime.now(UTC)
    return current.replace(microsecond=current.microsecond // 1000 * 1000)


def new_id() -> str:
    """A ULID: 26 characters, unique, sorted by creation time."""
    return str(ULID())
