"""Tasks: debts that no other item stands for."""

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
    """A debt of an order, or of a customer if `order_id` is None. `subject` is what it is about.

    `not_before`: it must not end earlier. A reading that was running when its document was removed
    may write until then, so the erasure is repeated after it.
    """

    kind: TaskKind
    user_id: str
    subject: str
    created_at: datetime
    order_id: str | None = None
    not_before: datetime | None = None
