"""Now, and new ids: where time and chance enter. Everything inward takes them as arguments."""

from datetime import UTC, datetime

from ulid import ULID

from docket.domain.event import Actor, Occasion


def now() -> datetime:
    """The present moment in UTC, to the millisecond: what the API shows and the table keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_id() -> str:
    """A ULID: 26 characters, unique, and sorted by the time it was made."""
    return str(ULID())


def occasion(actor: Actor) -> Occasion:
    """An act of that actor's, now."""
    return Occasion(actor=actor, at=now(), new_id=new_id)
