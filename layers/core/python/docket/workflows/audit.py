"""The audit context of what an actor does now."""

from docket.domain.event import Actor, AuditContext
from docket.runtime import clock


def audit_context(actor: Actor) -> AuditContext:
    """The context that all events of one action by `actor` share."""
    return AuditContext(actor=actor, at=clock.now(), new_id=clock.new_id)
