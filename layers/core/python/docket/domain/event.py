"""The audit trail: who did what to an order, and from which state to which."""

from collections.abc import Callable
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


@dataclass(frozen=True, kw_only=True)
class AuditContext:
    """Who acts, and when: what every event of one act has in common."""

    actor: Actor
    at: datetime
    new_id: Callable[[], str]

    def event(
        self,
        what: str,
        facts: dict[str, str | int] | None = None,
        *,
        from_status: str | None = None,
        to_status: str | None = None,
    ) -> Event:
        """That something happened now, by this actor."""
        return Event(
            id=self.new_id(),
            at=self.at,
            actor=self.actor,
            what=what,
            from_status=from_status,
            to_status=to_status,
            facts=facts or {},
        )
