"""The audit context of what an actor does now."""

from docket.domain.event import Actor, Occasion
from docket.runtime import clock


def occasion(actor: Actor) -> Occasion:
    """The context that all events of one action by `actor` share."""
    return Occasion(actor=actor, at=clock.now(), new_id=clock.new_id)
