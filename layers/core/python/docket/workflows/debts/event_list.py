"""Events of Stripe whose webhook was lost: found in Stripe's list, and handled as the webhook does.

The cursor follows the list at a distance, because Stripe may list an event some time after it was
created. It moves when all events of a page were handled. An event that cannot be handled becomes a
debt of its own, so it does not hold the others up.
"""

from collections.abc import Sequence
from datetime import timedelta

from docket.domain.debt import CLAIM, DebtClass, Due, NotSettled
from docket.domain.event import AuditContext
from docket.domain.payment import IntentStatus
from docket.domain.task import UnhandledEvent
from docket.gateways import stripe as stripe_gateway
from docket.gateways.stripe import WebhookEvent
from docket.runtime import clock, metrics
from docket.runtime.logging import log_failure
from docket.table import stripe_cursor, stripe_events, unhandled_events
from docket.table.debts import Claim
from docket.workflows import payment as payment_workflow

OVERLAP = timedelta(minutes=5)
"""Events younger than this are listed again. Stripe does not document how late it lists one."""

LATE = timedelta(minutes=1)
"""A webhook that takes longer than this counts as lost."""

RUN = timedelta(seconds=30)
"""A worker begins no further page after this time, so that it ends before its timeout."""


def handle_missed(audit: AuditContext) -> int:
    """Handle the listed events that had no effect yet. Returns how many had one now."""
    cursor = stripe_cursor.claim(at=audit.at, until=audit.at + CLAIM)
    if cursor is None:
        return 0
    effects, position = 0, cursor.event_id
    try:
        while True:
            page = stripe_gateway.events_after(position)
            effects += _handle(page.events, audit)
            followed = [e for e in page.events if e.created and e.created <= audit.at - OVERLAP]
            if followed and stripe_cursor.move(cursor, followed[-1].id) is None:
                return effects
            if not page.has_more or clock.now() >= audit.at + RUN:
                return effects
            position = page.events[-1].id
    finally:
        stripe_cursor.release(cursor)


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Handle an event again that could not be handled when it was listed.

    An event that Stripe no longer has is a person's business: `NotSettled` alerts one.
    """
    unhandled = unhandled_events.from_item(claim.item)
    event = stripe_gateway.event(unhandled.event_id)
    if event is None:
        raise NotSettled
    payment_workflow.handle_event(event, audit)
    unhandled_events.finish(unhandled)
    return Due(DebtClass.MONEY, audit.at + CLAIM)


def _handle(events: Sequence[WebhookEvent], audit: AuditContext) -> int:
    """Handle the events of a page, each on its own. Returns how many had an effect."""
    recorded = stripe_events.recorded([event.id for event in events])
    effects, asked = 0, set[str]()
    for event in events:
        about = _asks_about(event)
        if event.id in recorded or about in asked:
            continue
        try:
            changed = payment_workflow.handle_event(event, audit)
        except Exception as error:  # noqa: BLE001 - one event must not hold the others up
            log_failure("an event of Stripe could not be handled", error, event_id=event.id)
            unhandled = UnhandledEvent(event_id=event.id, failed_at=audit.at)
            unhandled_events.owe(unhandled, at=audit.at)
            continue
        asked |= {about} if about else set()
        effects += changed
        if changed and event.created and event.created <= audit.at - LATE:
            metrics.count("WebhookMissed")
    return effects


def _asks_about(event: WebhookEvent) -> str | None:
    """What is asked at Stripe because of an event: once for all events of a page."""
    if event.reversed_payment_intent_id:
        return f"reversals of {event.reversed_payment_intent_id}"
    if event.intent and event.intent.status is not IntentStatus.SUCCEEDED:
        return event.intent.id
    return None
