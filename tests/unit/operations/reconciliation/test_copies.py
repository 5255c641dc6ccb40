"""An order's refunds, and what its customer has paid for, are compared with what they repeat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus, RefundStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.task import Task, TaskKind
from docket.gateways.stripe_ranges import Range
from operations.reconciliation.copies import of_copies
from operations.reconciliation.difference import Kind
from operations.snapshot import Snapshot
from tests.make import OID, THEN, a_payment, a_read_document, an_order

RANGE = Range(since=THEN - timedelta(days=1), until=THEN + timedelta(days=1))
READ = a_read_document()
PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
COMPLETED = an_order(READ, status=OrderStatus.COMPLETED, payment=PAID)
OWED = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)


def found(order, *refunds, contents=(), task=False):
    """The differences of an order with a document of the hash `a`."""
    snapshot = Snapshot()
    snapshot.orders[OID] = order
    snapshot.documents[OID][READ.id] = READ
    snapshot.hashes[READ.id] = ("a", "b")
    snapshot.refunds[OID] = {refund.id: refund for refund in refunds}
    for sha256 in contents:
        snapshot.contents[order.user_id][sha256].add(READ.id)
    if task:
        owed = Task(
            kind=TaskKind.CONTENT, user_id="ada", order_id=OID, subject=OID, created_at=THEN
        )
        snapshot.tasks[OID].append(owed)
    return [(difference.kind, difference.subject) for difference in of_copies(snapshot, RANGE)]


def test_an_order_shows_its_refunds():
    order = an_order(READ, payment=PAID)
    hidden = replace(OWED, id="re_2", status=RefundStatus.FAILED, closed_at=THEN)

    assert found(order.with_refund(OWED), OWED, hidden) == []
    assert found(order, OWED) == [(Kind.REFUND_COPY, "pi_1")]
    assert found(order.with_refund(OWED)) == [(Kind.REFUND_COPY, "pi_1")]
    assert found(order.with_refund(OWED), OWED.requested("re_1", at=THEN)) == [
        (Kind.REFUND_COPY, "pi_1")
    ]


@pytest.mark.parametrize("contents", [("a",), ("b",), ("a", "b")])
def test_a_paid_document_is_among_what_was_paid_for(contents):
    assert found(COMPLETED, contents=contents) == []
    assert found(COMPLETED) == [(Kind.CONTENT_MISSING, READ.id)]
    assert found(COMPLETED, task=True) == []


def test_a_document_that_is_not_paid_is_not_among_what_was_paid_for():
    pending = an_order(READ)

    assert found(pending) == []
    assert found(pending, contents=("a",)) == [(Kind.CONTENT_UNPAID, READ.id)]
    assert found(pending, contents=("a",), task=True) == []


def test_orders_of_another_time_are_left_out():
    before = THEN - timedelta(days=9)

    assert found(replace(COMPLETED, created_at=before)) == []
