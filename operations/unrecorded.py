"""`cancel-unrecorded`: cancel the open intents at Stripe that the table does not have."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from docket.domain.payments.payment import Intent, IntentStatus
from docket.gateways import stripe
from docket.table import operator_acts
from docket.workflows.orders import payment as payment_workflow
from operations.deployment import Operator
from operations.snapshot import Snapshot

SHORTEST_AGE = timedelta(days=2)
"""Younger intents are left: for a day and more Stripe returns them again for their idempotency key,
so a customer who repeats the request still gets them."""


def cancel(intents: Sequence[Intent], snapshot: Snapshot, operator: Operator) -> Iterator[str]:
    """Cancel those intents that are open and unknown to the table, which is read after them.

    A function ended between Stripe's reply and its write, and the quote has changed since; or the
    order is gone. Each act is recorded before it is done. One that was paid meanwhile is recorded
    as any other success, so its refund is owed. Raises `PaymentsUnreachable`.
    """
    for intent in intents:
        order_id = intent.order_id or ""
        is_known = intent.id in snapshot.payments[order_id]
        if intent.status is not IntentStatus.OPEN or is_known:
            continue
        audit = operator.audit()
        facts: dict[str, str | int] = {"payment_intent_id": intent.id, "order_id": order_id}
        operator_acts.record("cancel_unrecorded", facts, audit)
        current = stripe.cancel_intent(intent.id)
        if current:
            payment_workflow.reconcile(current, audit)
        yield f"{intent.id} of {order_id}: {current.status if current else 'unknown'} at Stripe"
