"""Keeping promises: what Stripe, the bucket and the queue say is brought together with the table.

An order is due while somebody owes it something: a file that was announced, a reading that was
begun, a payment that was opened. Each look ends in the same conditional writes that the usual way
ends in, so a sweep at the same time as anything else does no harm.
"""

from datetime import timedelta

from aws_lambda_powertools import Logger

from docket import paying
from docket.domain.document import Document, DocumentStatus, Outcome
from docket.domain.event import Occasion
from docket.domain.order import (
    PAYMENT_CHECK,
    PAYMENT_DEADLINE,
    READING_CHECK,
    READING_DEADLINE,
    Order,
    OrderStatus,
)
from docket.domain.payment import IntentStatus, PaymentStatus
from docket.gateways import files, jobs
from docket.gateways import payments as stripe
from docket.gateways.files import Upload
from docket.table import documents, orders

UPLOAD_DEADLINE = timedelta(hours=24)
"""A file that has not come by then, by whatever ticket, is looked for no more."""

MOST_AT_ONCE = 200
"""Orders seen to in one sweep; the others are still due at the next."""

GIVEN_UP = (
    "It could not be read in time, for reasons on our side. Ask for the analysis again to have it "
    "read once more, or remove it."
)

logger = Logger()


def sweep(on: Occasion) -> tuple[int, int]:
    """See to every order that is due. Returns how many there were, and how many of them failed."""
    seen = failed = 0
    for place, order in orders.due(on.at, limit=MOST_AT_ONCE):
        seen += 1
        try:
            owed = _see_to_payment(order, on)
            owed = _see_to_documents(order, on) or owed
        except Exception:
            # One order's trouble is not the others': it goes to the end, and is seen to again.
            failed += 1
            owed = True
            logger.exception("not seen to", order_id=order.id)
        orders.looked_at(order, place, next_look=on.at + PAYMENT_CHECK if owed else None)
    return seen, failed


def _see_to_payment(order: Order, on: Occasion) -> bool:
    """Whether a payment is still open after this look."""
    payment = order.payment
    if payment is None or payment.status is PaymentStatus.SUCCEEDED:
        return False
    intent = stripe.intent(payment.intent_id)
    if intent and intent.status is IntentStatus.OPEN:
        stale = payment.revision != order.revision or order.status is OrderStatus.CANCELLED
        if not stale and on.at < payment.opened_at + PAYMENT_DEADLINE:
            return True
        intent = stripe.withdraw(payment.intent_id)
    if intent is None:
        return False
    paying.settle(order.id, intent, on)
    return intent.status is IntentStatus.PROCESSING


def _see_to_documents(order: Order, on: Occasion) -> bool:
    """Whether a document is still on its way after this look."""
    still = [_see_to_document(order, document, on) for document in order.on_their_way]
    return any(still)


def _see_to_document(order: Order, document: Document, on: Occasion) -> bool:
    if order.status is OrderStatus.CANCELLED:
        return False
    if document.status is DocumentStatus.READING:
        return _see_to_reading(order, document, on)
    upload = files.arrived(order.user_id, document.id)
    if upload:  # it came, and the message that said so did not
        jobs.read_again(upload)
        return True
    return on.at < document.added_at + UPLOAD_DEADLINE


def _see_to_reading(order: Order, document: Document, on: Occasion) -> bool:
    since = document.reading_since
    if since and on.at < since + READING_DEADLINE:
        if on.at >= since + READING_CHECK:  # a message was lost, or went aside: all, or of a part
            jobs.read_again(Upload(order.user_id, document.id, document.version or ""))
        return True
    outcome = Outcome(reader_version=document.reader_version or "", reason=GIVEN_UP, retriable=True)
    given_up = on.event(outcome.happened(document), document.facts)
    documents.finish_reading(order, document, outcome, given_up)
    return False
