"""Create audit contexts with the current time."""

from docket.domain.event import Actor, AuditContext
from docket.runtime import clock


def audit_context(actor: Actor) -> AuditContext:
    """The context shared by all audit events of one action by `actor`, at the current time."""
    return AuditContext(actor=actor, at=clock.now(), new_id=clock.new_id)
