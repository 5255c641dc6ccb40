"""The time now, and new ids. The domain takes both as arguments."""

from datetime import UTC, datetime

from ulid import ULID


def now() -> datetime:
    """The present moment in UTC, to the millisecond: what the API shows and the table keeps."""
    current = datetime.now(UTC)
    return current.replace(microsecond=current.microsecond // 1000 * 1000)


def new_id() -> str:
    """A ULID: 26 characters, unique, and sorted by the time it was made."""
    return str(ULID())
