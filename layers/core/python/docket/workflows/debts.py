"""What is owed to orders: what Stripe, the bucket and the queue say is brought to the table.

An order is due while somebody owes it something: a file that was announced, a reading that was
begun, a payment that was opened, a refund that has not ended. Each look ends in the same
conditional writes that the usual way ends in, so a sweep at the same time as anything else does no
harm.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from aws_lambda_powertools import Logger

from docket.domain.document import Document, DocumentStatus, Outcome
from docket.domain.event import AuditContext
from docket.domain.order import (
    COMPLETION_DEADLINE,
    PAYMENT_CHECK,
    PAYMENT_DEADLINE,
    READING_CHECK,
    READING_DEADLINE,
    Order,
    OrderStatus,
)
from docket.domain.payment import DisputeStatus, IntentStatus, PaymentStatus, RefundStatus
from docket.domain.reason import Reason
from docket.gateways import queues, s3
from docket.gateways import stripe as stripe_gateway
from docket.gateways.s3 import Upload
from docket.runtime import metrics
from docket.runtime.logging import log_failure
from docket.table import documents, keys, orders
from docket.table import payments as payment_table
from docket.workflows import payment as payment_workflow

UPLOAD_DEADLINE = timedelta(hours=24)
"""A file that has not come by then, by whatever ticket, is looked for no more."""

UPLOAD_CHECKS = (timedelta(hours=1), timedelta(hours=6), UPLOAD_DEADLINE)
"""How long after it was announced a file that did not come at first is looked for again."""

PAYMENT_CHECK_WHEN_OLD = timedelta(hours=1)
"""How often Stripe is asked about a payment that was opened longer ago than that, and abandoned."""

SLOW_CHECK = timedelta(hours=24)
"""How often Stripe is asked about what takes weeks: a dispute, and a refund that failed.

That one is said again each time, until a person has given the money back.
"""

MOST_AT_ONCE = 200
"""Orders of a class seen to in one sweep; the others are still due at the next."""

logger = Logger()


def sweep(audit: AuditContext) -> tuple[int, int]:
    """See to every order that is due, money first. How many there were, and how many failed."""
    seen = failed = 0
    for due_class, metric in ((keys.DUE_MONEY, "OldestDueMoney"), (keys.DUE_WORK, "OldestDueWork")):
        found = orders.due(audit.at, due_class=due_class, limit=MOST_AT_ONCE)
        oldest = min((keys.due_since(due_key) for due_key, _ in found), default=audit.at)
        metrics.seconds(metric, (audit.at - oldest).total_seconds())
        seen += len(found)
        failed += sum(not _settle(order, due_key, due_class, audit) for due_key, order in found)
    if failed:
        metrics.count("SweepFailures", failed)
    return seen, failed


def _settle(order: Order, due_key: str, due_class: str, audit: AuditContext) -> bool:
    """Settle what can be settled now, and say when to look again. False: that failed."""
    try:
        money = list(_settle_money(order, audit))
        work = list(_settle_documents(order, audit))
        next_check = min((*money, *work), default=None)
        due_class = keys.DUE_MONEY if money else keys.DUE_WORK
        orders.reschedule(order, due_key, next_check=next_check, due_class=due_class)
    except Exception as error:  # noqa: BLE001 - as the next line says
        # One order's trouble is not the others': it goes to the end, and is seen to again.
        log_failure("not seen to", error, order_id=order.id)
        later = audit.at + PAYMENT_CHECK
        orders.reschedule(order, due_key, next_check=later, due_class=due_class)
        return False
    return True


def _settle_money(order: Order, audit: AuditContext) -> Iterator[datetime]:
    """When to look again at each payment or refund that has not ended after this look."""
    for payment_intent_id in order.replaced_intents:
        if not payment_workflow.cancel_replaced(order, payment_intent_id, audit):
            yield audit.at + PAYMENT_CHECK
    yield from _settle_payment(order, audit)
    for known in order.reversals:
        intent = stripe_gateway.get_intent(known.payment_intent_id)
        if intent is None:
            continue
        if payment_workflow.is_owed(order, known, intent):
            payment_workflow.reconcile(order.id, intent, audit)
        if (
            payment_workflow.follow_reversal(order, intent, audit)
            or known.refund is RefundStatus.PENDING
        ):
            yield audit.at + PAYMENT_CHECK
        elif known.refund is RefundStatus.FAILED or payment_workflow.is_owed(order, known, intent):
            metrics.count("RefundFailed")
            logger.error("a refund failed and is owed", order_id=order.id)
            yield audit.at + SLOW_CHECK
        elif known.dispute is DisputeStatus.OPEN:
            yield audit.at + SLOW_CHECK


def _settle_payment(order: Order, audit: AuditContext) -> Iterator[datetime]:
    payment = order.payment
    if payment is None:
        return
    if order.waiting_payment:
        if _complete_waiting(order, audit):
            return
        if audit.at >= (payment.paid_at or payment.opened_at) + COMPLETION_DEADLINE:
            payment_workflow.give_up(order, payment, audit)
        yield audit.at + PAYMENT_CHECK
        return
    if payment.status is PaymentStatus.SUCCEEDED:
        return
    intent = stripe_gateway.get_intent(payment.payment_intent_id)
    if intent and intent.status is IntentStatus.OPEN:
        stale = payment.revision != order.revision or order.status is OrderStatus.CANCELLED
        age = audit.at - payment.opened_at
        if not stale and age < PAYMENT_DEADLINE:
            yield audit.at + (
                PAYMENT_CHECK if age < PAYMENT_CHECK_WHEN_OLD else PAYMENT_CHECK_WHEN_OLD
            )
            return
        intent = stripe_gateway.cancel_intent(payment.payment_intent_id)
    if intent is None:
        return
    payment_workflow.reconcile(order.id, intent, audit)
    if intent.status in (IntentStatus.OPEN, IntentStatus.PROCESSING):
        yield audit.at + PAYMENT_CHECK


def _complete_waiting(order: Order, audit: AuditContext) -> bool:
    facts = order.payment.facts if order.payment else {}
    event = audit.event("paid", facts, to_status=OrderStatus.COMPLETED)
    if not payment_table.complete_waiting(order, event):
        return False
    metrics.count("OrderPaid")
    return True


def _settle_documents(order: Order, audit: AuditContext) -> Iterator[datetime]:
    """When to look again at each document that is still on its way after this look.

    A document that could not be read is on its way again when a fresh ticket was given out for it.
    """
    if order.status is OrderStatus.CANCELLED:
        return
    for document in order.documents:
        if document.status is DocumentStatus.READING:
            yield from _settle_reading(order, document, audit)
        elif document.status is DocumentStatus.AWAITING_UPLOAD or document.upload_form_renewed_at:
            yield from _settle_upload(order, document, audit)


def _settle_upload(order: Order, document: Document, audit: AuditContext) -> Iterator[datetime]:
    upload = s3.newest_upload(order.user_id, document.id)
    if upload and upload.version != document.version:
        # It came, and the message that said so did not.
        queues.read_again(upload)
        yield audit.at + READING_CHECK
        return
    checks = ((document.upload_form_renewed_at or document.added_at) + age for age in UPLOAD_CHECKS)
    yield from [check for check in checks if check > audit.at][:1]


def _settle_reading(order: Order, document: Document, audit: AuditContext) -> Iterator[datetime]:
    since = document.reading_since
    if since and audit.at < since + READING_DEADLINE:
        if (
            audit.at >= since + READING_CHECK
        ):  # a message was lost, or went aside: all, or of a part
            queues.read_again(Upload(order.user_id, document.id, document.version or ""))
        yield audit.at + READING_CHECK
        return
    outcome = Outcome(
        reader_version=document.reader_version or "",
        reason=Reason("not_read_in_time"),
        retriable=True,
    )
    given_up = audit.event(outcome.event_name(document), document.facts)
    documents.finish_reading(order, document, outcome, given_up)
    if order.waiting_payment:  # it may have been the last one that the payment waited for
        yield audit.at
