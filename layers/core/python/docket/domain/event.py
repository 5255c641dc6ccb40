"""The audit events of an order: who did what, and the status before and after."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

type Actor = Literal["customer", "reader", "stripe", "worker", "operator"]

type EventName = Literal[
    "opened",
    "sample_opened",
    "sample_completed",
    "sample_expired",
    "cancelled",
    "document_added",
    "documents_added",
    "document_removed",
    "document_renamed",
    "document_read",
    "document_unreadable",
    "documents_paid_before",
    "documents_charged_again",
    "reading_repeated",
    "reading_again_failed",
    "analysis_requested",
    "fact_accepted",
    "fact_corrected",
    "fact_rejected",
    "fact_reset",
    "line_items_corrected",
    "line_items_reset",
    "review_finished",
    "review_reopened",
    "payment_started",
    "payment_action_required",
    "payment_processing",
    "payment_received",
    "payment_failed",
    "payment_withdrawn",
    "paid",
    "not_completed_in_time",
    "expired",
    "files_erased",
    "refund_owed",
    "refund_requested",
    "refunded",
    "refund_failed",
    "refund_retried",
    "refund_closed",
    "payment_disputed",
    "dispute_closed",
]
"""The names of all events of an order. The site has a label for each in every language."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """`id` is a ULID; `name` is stable."""

    id: str
    at: datetime
    actor: Actor
    name: EventName
    from_status: str | None = None
    to_status: str | None = None
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AuditContext:
    """The actor and the time, which all events of one action share.

    `operator` is the pseudonym of the person who acts for the service. Customers can read the
    events of their orders, so it is not a name. `api_key_id` is the key by which a customer's
    program acts.
    """

    actor: Actor
    at: datetime
    new_id: Callable[[], str]
    operator: str | None = None
    api_key_id: str | None = None

    def event(
        self,
        name: EventName,
        facts: dict[str, str | int] | None = None,
        *,
        from_status: str | None = None,
        to_status: str | None = None,
    ) -> Event:
        """An event of this action."""
        agents = {"operator": self.operator, "api_key_id": self.api_key_id}
        return Event(
            id=self.new_id(),
            at=self.at,
            actor=self.actor,
            name=name,
            from_status=from_status,
            to_status=to_status,
            facts={**(facts or {}), **{name: agent for name, agent in agents.items() if agent}},
        )
