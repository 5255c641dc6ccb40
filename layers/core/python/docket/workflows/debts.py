"""The sweeper: updates unfinished orders from the state of Stripe, the bucket and the queue.

An order is due while something is unfinished: an upload, a reading, a payment, a refund or a
dispute. The sweeper uses the same conditional writes as the webhooks and the reader, so it may run
at the same time as either.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

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
from docket.domain.payment import DisputeStatus, Intent, IntentStatus, PaymentStatus, RefundStatus
from docket.domain.reason import Reason
from docket.gateways import queues, s3
from docket.gateways import stripe as stripe_gateway
from docket.gateways.s3 import Upload
from docket.runtime import metrics
from docket.runtime.logging import log_failure
from docket.table import documents, keys, orders
from docket.table import payments as payment_table
from docket.workflows import malware_scan
from docket.workflows import payment as payment_workflow

UPLOAD_DEADLINE = timedelta(hours=24)
"""No check for an upload is made later than this after its latest upload form was issued."""

UPLOAD_CHECKS = (timedelta(hours=1), timedelta(hours=6), UPLOAD_DEADLINE)
"""Ages of the latest upload form at which the bucket is checked for the file."""

PAYMENT_CHECK_WHEN_OLD = timedelta(hours=1)
"""Interval of the checks of a payment that has been open for longer than this interval."""

SLOW_CHECK = timedelta(hours=24)
"""Interval of the checks of open disputes and failed refunds, which take weeks.

Each check of a failed refund logs an error, until someone has returned the money by hand.
"""

MAX_PER_SWEEP = 200
"""Maximum number of orders of a due class in one sweep; the others stay due for the next."""


def sweep(audit: AuditContext) -> tuple[int, int]:
    """Settle the orders that are due, money first. Returns how many were due and failed."""
    due_count = failed = 0
    oldest_paid = timedelta()
    for due_class, metric in ((keys.DUE_MONEY, "OldestDueMoney"), (keys.DUE_WORK, "OldestDueWork")):
        due = orders.due(audit.at, due_class=due_class, limit=MAX_PER_SWEEP)
        oldest = min((keys.due_since(due_key) for due_key, _ in due), default=audit.at)
        metrics.seconds(metric, (audit.at - oldest).total_seconds())
        oldest_paid = max([oldest_paid, *(_time_since_payment(order, audit) for _, order in due)])
        due_count += len(due)
        failed += sum(not _settle(order, due_key, due_class, audit) for due_key, order in due)
    metrics.seconds("OldestPaidOrder", oldest_paid.total_seconds())
    if failed:
        metrics.count("SweepFailures", failed)
    return due_count, failed


def _time_since_payment(order: Order, audit: AuditContext) -> timedelta:
    """How long a paid order has waited for its documents; zero for any other order."""
    payment = order.waiting_payment
    return audit.at - (payment.paid_at or payment.opened_at) if payment else timedelta()


def _settle(order: Order, due_key: str, due_class: str, audit: AuditContext) -> bool:
    """Settle what can be settled now and set the next check. Returns False if that failed."""
    try:
        money = list(_settle_money(order, audit))
        work = list(_settle_documents(order, audit))
        next_check = min((*money, *work), default=None)
        due_class = keys.DUE_MONEY if money else keys.DUE_WORK
        orders.reschedule(order, due_key, next_check=next_check, due_class=due_class)
    except Exception as error:  # noqa: BLE001 - as the next line says
        # A failure of one order must not stop the others. The order is checked again later.
        log_failure("order not settled", error, order_id=order.id)
        later = audit.at + PAYMENT_CHECK
        orders.reschedule(order, due_key, next_check=later, due_class=due_class)
        return False
    return True


def _settle_money(order: Order, audit: AuditContext) -> Iterator[datetime]:
    """Update payments, refunds and disputes. Yields the next check of each unfinished one."""
    for payment_intent_id in order.replaced_intents:
        if not payment_workflow.cancel_replaced(order, payment_intent_id, audit):
            yield audit.at + PAYMENT_CHECK
    yield from _settle_payment(order, audit)
    for reversal in order.reversals:
        intent = stripe_gateway.get_intent(reversal.payment_intent_id)
        if intent is None:
            continue
        if payment_workflow.is_owed(order, reversal, intent):
            payment_workflow.reconcile(order.id, intent, audit)
        if (
            payment_workflow.follow_reversal(order, intent, audit)
            or reversal.refund is RefundStatus.PENDING
        ):
            yield audit.at + PAYMENT_CHECK
        elif reversal.refund is RefundStatus.FAILED or payment_workflow.is_owed(
            order, reversal, intent
        ):
            payment_workflow.report_failed_refund(order.id)
            yield audit.at + SLOW_CHECK
        elif reversal.dispute is DisputeStatus.OPEN:
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
    _apply_missed(order, intent, audit)
    if intent.status in (IntentStatus.OPEN, IntentStatus.PROCESSING):
        yield audit.at + PAYMENT_CHECK


def _apply_missed(order: Order, intent: Intent, audit: AuditContext) -> None:
    """Apply the state of an intent, and count a success that nothing had reported.

    What happens after a known success (a refund, a dispute) does not count: the sweep itself causes
    some of it.
    """
    payment, reversal = order.payment, order.reversal(intent.id)
    was_known = reversal is not None or (payment is not None and payment.paid_at is not None)
    changed = payment_workflow.reconcile(order.id, intent, audit)
    if changed and intent.status is IntentStatus.SUCCEEDED and not was_known:
        metrics.count("WebhookMissed")


def _complete_waiting(order: Order, audit: AuditContext) -> bool:
    """Complete a paid order if its last document has been read. Returns whether it did."""
    facts = order.payment.facts if order.payment else {}
    event = audit.event("paid", facts, to_status=OrderStatus.COMPLETED)
    if not payment_table.complete_waiting(order, event):
        return False
    metrics.count("OrderPaid")
    return True


def _settle_documents(order: Order, audit: AuditContext) -> Iterator[datetime]:
    """Update the documents in progress. Yields the next check of each unfinished one.

    An unreadable document is in progress again after its upload form was renewed.
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
        # The file was uploaded, but the message about it was lost.
        queues.read_again(upload)
        yield audit.at + READING_CHECK
        return
    checks = ((document.upload_form_renewed_at or document.added_at) + age for age in UPLOAD_CHECKS)
    yield from [check for check in checks if check > audit.at][:1]


def _settle_reading(order: Order, document: Document, audit: AuditContext) -> Iterator[datetime]:
    since = document.reading_since
    if since and audit.at < since + READING_DEADLINE:
        if audit.at >= since + READING_CHECK:
            # A message, for the document or one of its parts, was lost or is in the dead-letter
            # queue.
            queues.read_again(Upload(order.user_id, document.id, document.version or ""))
        yield audit.at + READING_CHECK
        return
    outcome = Outcome(
        reader_version=document.reader_version or "",
        reason=Reason("scan_not_finished" if document.waits_for_scan else "not_read_in_time"),
        retriable=True,
    )
    event = audit.event(outcome.event_name(document), document.facts)
    if documents.finish_reading(order, document, outcome, event):
        malware_scan.report(document, outcome)
    if order.waiting_payment:  # this may have been the last document the payment waits for
        yield audit.at
