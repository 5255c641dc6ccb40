"""The audit trail: who did what to an order, and from which state to which."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

type Actor = Literal["customer", "reader", "stripe", "sweeper"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """`id` is a ULID; `what` is a stable snake_case verb in the past tense."""

    id: str
    at: datetime
    actor: Actor
    what: str
    from_status: str | None = None
    to_status: str | None = None
    facts: dict[str, str | int] = field(default_factory=dict)
