"""Documents that are read again while the bank confirms the payment of their order.

The payment is for what was charged when it began. If it fails, the order costs what its documents
are now.
"""

import pytest

from docket.domain.orders.document import DocumentStatus, Outcome
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.gateways import stripe as gateway
from docket.runtime.clock import now
from docket.table import client
from docket.table.documents import documents, readings
from docket.table.documents.readings import Finished
from docket.table.orders import analyses, contents, payment_items, usage
from docket.table.orders.analyses import Analysis
from docket.workflows.audit import audit_context
from docket.workflows.orders import paid_contents
from docket.workflows.orders import payment as payment_workflow
from tests.due_debts import settle_due
from tests.make import (
    LIMITS,
    OID,
    OTHER_OID,
    a_read_document,
    an_order,
)
from tests.table_state import check_counters, get_order, save

pytestmark = pytest.mark.usefixtures("service")

AUDIT = audit_context("customer")
SUCCEEDS, FAILS = "pm_success_de", "pm_failed_de"
ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
SCAN = a_read_document("scan.pdf", pages=10, reader_version="old")
FAILED = a_read_document(
    "failed.pdf",
    pages=0,
    status=DocumentStatus.UNREADABLE,
    status_reason=Reason("not_read"),
    retriable=True,
    page_count=None,
    read_attempt=None,
)


def debit(stripe, method):
    """Pay by bank debit, which the bank then confirms."""
    intent = payment_workflow.current_intent(get_order(), AUDIT)
    stripe.pay(intent.id, method)
    reconcile(intent)
    assert get_order().status is OrderStatus.PROCESSING
    return intent


def at_stripe(intent):
    return gateway.get_intent(intent.id)


def reconcile(intent):
    payment_workflow.reconcile(at_stripe(intent), audit_context("stripe"))


def stored_payment(intent):
    return payment_items.get(OID, intent.id)


def end(stripe, intent):
    stripe.complete_payment(intent.id)
    reconcile(intent)


def start_reading(document):
    (reading,) = readings.read_again(
        "ada", OID, [document.id], AUDIT, reader_version="new", limits=LIMITS
    )
    return reading


def finish(reading, *, pages, **fields):
    outcome = Outcome(
        reader_version="new", page_count=max(pages, 10), charged_pages=pages, kind="invoice"
    )
    finished = Finished(document_id=reading.id, attempt=reading.attempt, outcome=outcome, **fields)
    readings.record("ada", OID, [finished], audit_context("reader"))


def read_again(document, *, pages, **fields):
    finish(start_reading(document), pages=pages, **fields)


def charged():
    """The pages of each line of the quote, and the total."""
    order = get_order()
    quote = order.quote(documents.of_order(OID, limit=9))
    return [line.pages for line in quote.lines if line.document_id], quote.total.amount


def test_an_order_costs_what_was_read_while_a_debit_failed(stripe):
    save(an_order(SCAN), SCAN)
    intent = debit(stripe, FAILS)
    read_again(SCAN, pages=2)
    assert charged() == ([10], 700)

    end(stripe, intent)

    assert get_order().status is OrderStatus.PENDING
    assert charged() == ([2], 300)
    assert stored_payment(intent).status is PaymentStatus.TO_CANCEL
    assert payment_workflow.current_intent(get_order(), AUDIT).money.amount == 300
    assert stripe.intent(intent.id).status == "canceled"
    assert usage.get("ada").unpaid_pages == 2
    check_counters()


def test_a_document_that_became_readable_while_a_debit_failed_is_charged(stripe):
    first = a_read_document("first.pdf")
    save(an_order(first, FAILED), first, FAILED)
    intent = debit(stripe, FAILS)
    read_again(FAILED, pages=400)

    end(stripe, intent)

    assert sorted(charged()[0]) == [1, 400]
    check_counters()


def test_a_reading_that_ends_after_the_failed_debit_is_charged_too(stripe):
    save(an_order(SCAN), SCAN)
    intent = debit(stripe, FAILS)
    reading = start_reading(SCAN)

    end(stripe, intent)
    assert stored_payment(intent).status is PaymentStatus.TO_CANCEL
    finish(reading, pages=2)

    assert charged() == ([2], 300)
    check_counters()


def test_a_payment_that_succeeds_pays_for_what_it_was_begun_for(stripe):
    save(an_order(SCAN), SCAN)
    intent = debit(stripe, SUCCEEDS)
    read_again(SCAN, pages=2)

    end(stripe, intent)

    order = get_order()
    assert (order.is_paid, order.payment.money.amount) == (True, 700)
    assert charged() == ([10], 700)
    check_counters()


def test_a_second_debit_pays_for_the_new_quote(stripe):
    save(an_order(SCAN), SCAN)
    intent = debit(stripe, FAILS)
    read_again(SCAN, pages=2)
    end(stripe, intent)

    end(stripe, debit(stripe, SUCCEEDS))

    assert get_order().is_paid
    assert charged() == ([2], 300)


def test_a_document_that_a_payment_does_not_charge_is_not_recorded_as_paid(stripe):
    first = a_read_document("first.pdf")
    save(an_order(first, FAILED), first, FAILED)
    for document, sha256 in ((first, "1" * 64), (FAILED, "2" * 64)):
        analysis = Analysis(document_id=document.id, attempt=1, facts={}, hashes=(sha256,))
        client.write(analyses.put_analysis(OID, analysis))
    intent = debit(stripe, SUCCEEDS)
    reading = start_reading(FAILED)
    finish(reading, pages=400)
    end(stripe, intent)

    settle_due(now())

    assert charged() == ([1], 250)
    assert contents.paid("ada", ["1" * 64, "2" * 64]).keys() == {"1" * 64}


def test_a_document_that_was_free_when_the_payment_began_is_open_as_long_as_it_was(stripe):
    first = a_read_document("first.pdf")
    free = a_read_document(
        "free.pdf", reader_version="old", charged_pages=0, duplicate_of=ELSEWHERE
    )
    save(an_order(first, free), first, free)
    analysis = Analysis(document_id=free.id, attempt=1, facts={}, hashes=("2" * 64,))
    client.write(analyses.put_analysis(OID, analysis))
    intent = debit(stripe, SUCCEEDS)
    read_again(free, pages=1)

    end(stripe, intent)

    stored = documents.of_order(OID, limit=9)
    assert paid_contents.closed(get_order(), stored) == {free.id}
