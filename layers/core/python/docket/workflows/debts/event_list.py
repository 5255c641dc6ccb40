"""Events of Stripe whose webhook was lost: found in Stripe's list, and handled as the webhook does.

The cursor follows the list at a distance, because Stripe may list an event some time after it was
created. It moves when all events of a page were handled. An event that cannot be handled becomes a
debt of its own, so it does not hold the others up.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from docket.domain.debt import CLAIM, DebtClass, Due, NotSettled
from docket.domain.event import AuditContext
from docket.domain.payments.payment import IntentStatus
from docket.domain.task import UnhandledEvent
from docket.gateways import stripe as stripe_gateway
from docket.gateways.stripe import WebhookEvent
from docket.runtime import clock, metrics
from docket.runtime.logging import log_failure
from docket.table.debts import Claim
from docket.table.payments import stripe_cursor, stripe_events, unhandled_events
from docket.workflows.orders import payment as payment_workflow

OVERLAP = timedelta(minutes=5)
"""Events younger than this are listed again. Stripe does not document how late it lists one."""

LATE = timedelta(minutes=1)
"""A webhook that takes longer than this counts as lost."""

RUN = timedelta(seconds=50)
"""A worker requests no further page after this time, so that it ends before its timeout."""

FIRST_RUN = timedelta(days=3)
"""How far the first run of a stage looks back. The account may have had other shops for years."""

MOST_PAGES = 20
"""The pages of one run, of 100 events. Later ones are the next run's."""


def handle_missed(audit: AuditContext) -> int:
    """Handle the listed events that were not handled yet. Returns how many had an effect now.

    Those that need no call of Stripe, which are the successes, do not wait for the others.
    """
    cursor = stripe_cursor.claim(at=audit.at, until=audit.at + CLAIM)
    if cursor is None:
        return 0
    try:
        pages = list(islice(_pages(cursor.event_id, since=audit.at - FIRST_RUN), MOST_PAGES))
        effects = sum(_handle(page, audit, asking=False) for page in pages)
        for page in pages:
            if clock.now() >= audit.at + RUN:
                return effects
            effects += _handle(page, audit, asking=True)
            followed = [e for e in page if e.created and e.created <= audit.at - OVERLAP]
            if followed and stripe_cursor.move(cursor, followed[-1].id) is None:
                return effects
        return effects
    finally:
        stripe_cursor.release(cursor)


def _pages(position: str | None, *, since: datetime) -> Iterator[list[WebhookEvent]]:
    """The pages of the list after an event, the oldest first; without one, since that time."""
    while True:
        page = stripe_gateway.events_after(position, since=since)
        yield page.events
        if not page.has_more:
            return
        position = page.events[-1].id


def settle(claim: Claim, audit: AuditContext) -> Due | None:
    """Handle an event again that could not be handled when it was listed. Returns the next check.

    Of an event that Stripe no longer has, the present state of its payment is recorded.
    """
    unhandled = unhandled_events.from_item(claim.item)
    event = stripe_gateway.event(unhandled.event_id)
    if event:
        payment_workflow.handle_event(event, audit)
    else:
        _follow_payment(unhandled, audit)
    unhandled_events.finish(unhandled)
    return Due(DebtClass.MONEY, audit.at + CLAIM)


def _follow_payment(unhandled: UnhandledEvent, audit: AuditContext) -> None:
    """Record the status, the refunds and the dispute of a payment, as Stripe states them."""
    if unhandled.payment_intent_id is None:
        raise NotSettled
    intent = stripe_gateway.get_intent(unhandled.payment_intent_id)
    if intent is None:
        raise NotSettled
    if intent.order_id:
        payment_workflow.reconcile(intent, audit)
        payment_workflow.follow_reversal(intent, audit)


def _handle(page: Sequence[WebhookEvent], audit: AuditContext, *, asking: bool) -> int:
    """Handle those events of a page that do, or do not, call Stripe; each on its own.

    Returns how many had an effect. One without an effect is recorded, and not handled again.
    """
    events = [event for event in page if bool(_asks_about(event)) is asking]
    recorded = stripe_events.recorded([event.id for event in events])
    effects, seen, without = 0, set[str](), list[str]()
    for event in events:
        about = _asks_about(event)
        if event.id in recorded:
            continue
        if about in seen:
            without.append(event.id)
            continue
        try:
            has_effect = payment_workflow.handle_event(event, audit)
        except Exception as error:  # noqa: BLE001 - one event must not hold the others up
            log_failure("an event of Stripe could not be handled", error, event_id=event.id)
            unhandled = UnhandledEvent(
                event_id=event.id, failed_at=audit.at, payment_intent_id=event.payment_intent_id
            )
            unhandled_events.owe(unhandled, at=audit.at)
            continue
        seen |= {about} if about else set()
        effects += has_effect
        if not has_effect:
            without.append(event.id)
        elif event.created and event.created <= audit.at - LATE:
            metrics.count("WebhookMissed")
    stripe_events.note(without, at=audit.at)
    return effects


def _asks_about(event: WebhookEvent) -> str | None:
    """What is requested from Stripe because of an event: once for all events of a page."""
    if event.reversed_payment_intent_id:
        return f"reversals of {event.reversed_payment_intent_id}"
    if event.intent and event.intent.status is not IntentStatus.SUCCEEDED:
        return event.intent.id
    return None
