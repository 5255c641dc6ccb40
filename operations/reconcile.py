"""`reconcile`: every difference between Stripe, the table, the bucket and the queues."""

from collections.abc import Iterator
from datetime import datetime

from docket.gateways import queue_operations, stored_objects, stripe_ranges
from docket.gateways.object_keys import PARTS, RESULTS, UPLOADS
from docket.gateways.stripe_ranges import Range
from operations import snapshot
from operations.reconciliation import bucket, copies, money, table
from operations.reconciliation.difference import Difference, Kind


def differences(stage: str, within: Range, now: datetime) -> Iterator[Difference]:
    """Compare what was created in the range; overdue debts and dead letters of any time.

    Stripe and the bucket are read before the table, so what they caused meanwhile is in the table
    already. Raises `PaymentsUnreachable`.
    """
    intents = list(stripe_ranges.intents(within))
    refunds = list(stripe_ranges.refunds(within))
    disputed = stripe_ranges.disputed(within)
    events = list(stripe_ranges.events(within))
    objects = [
        stored
        for prefix in (UPLOADS, RESULTS, PARTS)
        for stored in stored_objects.of_documents(prefix)
    ]
    items = snapshot.of_table()
    yield from money.of_intents(items, intents, now)
    yield from money.of_payments(items, intents, within)
    yield from money.of_refunds(items, refunds, within)
    yield from money.of_disputes(items, disputed)
    yield from money.of_events(items, events)
    yield from table.of_counters(items, within)
    yield from copies.of_copies(items, within)
    yield from table.of_debts(items, within, now)
    yield from bucket.of_objects(items, objects, within, now)
    for queue in queue_operations.queues(stage):
        count = queue.waiting + queue.in_flight
        if queue.has_dead_letters and count:
            yield Difference(Kind.DEAD_LETTERS, "", queue.name, f"{count} messages")
