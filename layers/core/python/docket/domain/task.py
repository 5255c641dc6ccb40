"""Tasks: debts that no other item represents."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

LAST_WRITE = timedelta(minutes=20)
"""Time after which nothing is stored any more that was on its way: by a reading, an export or a
report that runs, up to the longest timeout of their workers, or with an upload form, up to its
lifetime. These are 15 minutes; the rest is for clocks that differ."""


class TaskKind(StrEnum):
    """What is owed."""

    ERASE = "erase"
    """Delete every version under the prefixes of a document that it does not name; of a removed
    document all of them, and its analysis."""
    CONTENT = "content"
    """Put or remove the content items of an order that was paid or refunded, or whose content has
    more hashes after another reading."""
    FILES = "files"
    """Erase the files of an order that was cancelled when the task was created, after a time."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A debt of an order. `subject` is what it is about: a document or the order itself.

    `ends_after`: it is repeated after that time. Until then something may be stored that the
    document does not name. `request_id` is unique to each request of it, which `created_at` is not:
    it is given when the task is put, and None if an earlier release has put it.
    """

    kind: TaskKind
    user_id: str
    order_id: str
    subject: str
    created_at: datetime
    ends_after: datetime | None = None
    request_id: str | None = None

    @classmethod
    def erasure(cls, user_id: str, document_id: str, *, order_id: str, at: datetime) -> Self:
        """The erasure of what a document does not name, from now on until nothing is written."""
        return cls(
            kind=TaskKind.ERASE,
            user_id=user_id,
            order_id=order_id,
            subject=document_id,
            created_at=at,
            ends_after=at + LAST_WRITE,
        )

    @classmethod
    def file_erasure(cls, user_id: str, order_id: str, *, at: datetime) -> Self:
        """The erasure of the files of an order that is cancelled now."""
        kind = TaskKind.FILES
        return cls(kind=kind, user_id=user_id, order_id=order_id, subject=order_id, created_at=at)


@dataclass(frozen=True, kw_only=True)
class UnhandledEvent:
    """An event of Stripe that was listed and could not be handled: it is fetched again.

    Stripe has it for 30 days. After that its payment says what it was about.
    """

    event_id: str
    failed_at: datetime
    payment_intent_id: str | None = None
    """None: an earlier release stored the event."""
