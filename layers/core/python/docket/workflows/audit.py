"""Create audit contexts with the current time."""

from docket.domain.accounts.user import Caller
from docket.domain.event import Actor, AuditContext
from docket.runtime import clock


def audit_context(actor: Actor) -> AuditContext:
    """The context shared by all audit events of one action by `actor`, at the current time."""
    return AuditContext(actor=actor, at=clock.now(), new_id=clock.new_id)


def customer_audit(caller: Caller) -> AuditContext:
    """The context of an action by a customer, or by a program with an API key of the customer."""
    return AuditContext(
        actor="customer", at=clock.now(), new_id=clock.new_id, api_key_id=caller.api_key_id
    )
