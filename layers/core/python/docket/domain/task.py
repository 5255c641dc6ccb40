"""Tasks: debts that no other item represents."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskKind(StrEnum):
    """What is owed."""

    ERASE = "erase"
    """Delete every version under the prefixes of a removed document, and its analysis."""
    CONTENT = "content"
    """Put or remove the content items of an order that was paid or refunded."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A debt of an order. `subject` is what it is about: a document or the order itself.

    `ends_after`: it is repeated after that time. Until then something may be stored for a document
    that was removed.
    """

    kind: TaskKind
    user_id: str
    order_id: str
    subject: str
    created_at: datetime
    ends_after: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UnhandledEvent:
    """An event of Stripe that was listed and could not be handled: it is fetched again."""

    event_id: str
    failed_at: datetime
