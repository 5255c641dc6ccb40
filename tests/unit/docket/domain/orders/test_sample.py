from dataclasses import replace

import pytest

from docket.domain import errors
from docket.domain.limits import Usage
from docket.domain.orders.counters import Counters
from docket.domain.orders.document import Outcome
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.sample import is_replaceable, with_samples
from docket.domain.payments.pricing import PriceList
from docket.domain.reason import CANCELLED_BY_CUSTOMER, SAMPLE_EXPIRED, Reason
from tests.make import OID, THEN, a_document, a_reading_document, an_order

DOCUMENTS = [a_document("invoice.pdf"), a_document("receipt.jpg")]
SAMPLE = with_samples(an_order(title=""), DOCUMENTS)
READING = a_reading_document()
READ = Outcome(reader_version="1", page_count=2, charged_pages=2)


def read(order, document):
    """The order after the reading of one of its documents."""
    change = Counters.of(document) - Counters.of(a_document())
    return order.counted(change, at=THEN, moves_quote=True)


def test_a_sample_order_has_its_documents_and_costs_nothing():
    assert (SAMPLE.id, SAMPLE.is_sample, SAMPLE.documents, SAMPLE.in_progress) == (OID, True, 2, 2)
    assert SAMPLE.prices == PriceList(base=0, per_page=0, currency="eur")
    assert SAMPLE.quote_total is None
    assert SAMPLE.explanation == Reason("sample_in_progress")


def test_the_last_document_completes_a_sample_order():
    document = READING.finished(1, READ, is_charged=SAMPLE.is_charged)

    first = read(SAMPLE, document)
    both = read(first, document)

    assert (first.status, first.is_paid) == (OrderStatus.PENDING, False)
    assert (both.status, both.is_paid) == (OrderStatus.COMPLETED, True)
    assert (both.charged_pages, both.revision, both.payment) == (0, 0, None)
    assert both.explanation == Reason("sample_completed")


def test_a_cancelled_sample_order_is_not_completed():
    cancelled = SAMPLE.cancelled(reason=Reason("cancelled_by_customer"), at=THEN)

    ended = READING.finished(1, replace(READ, reason=Reason("order_cancelled")), is_charged=True)
    assert read(read(cancelled, ended), ended).status is OrderStatus.CANCELLED


@pytest.mark.parametrize("status", OrderStatus)
def test_the_documents_of_a_sample_order_do_not_change(status):
    with pytest.raises(errors.SampleOrder):
        replace(SAMPLE, status=status).require_capacity(1)
    with pytest.raises(errors.SampleOrder):
        replace(SAMPLE, status=status).require_changeable()


@pytest.mark.parametrize("status", OrderStatus)
def test_a_sample_order_is_never_to_be_paid(status):
    with pytest.raises(errors.NothingToCharge) as refused:
        replace(SAMPLE, status=status, charged_pages=3, in_progress=0).require_payable()

    assert refused.value.params == {"context": "sample"}


def test_a_sample_order_does_not_count_among_unpaid_ones():
    assert Usage().with_order(None, SAMPLE) == Usage()
    assert Usage().with_order(SAMPLE, replace(SAMPLE, status=OrderStatus.COMPLETED)) == Usage()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (SAMPLE, False),
        (SAMPLE.completed(at=THEN), False),
        (SAMPLE.cancelled(reason=CANCELLED_BY_CUSTOMER, at=THEN), False),
        (SAMPLE.cancelled(reason=SAMPLE_EXPIRED, at=THEN), True),
    ],
    ids=["pending", "completed", "cancelled", "expired"],
)
def test_only_an_expired_sample_order_is_replaced(order, expected):
    assert is_replaceable(order) is expected
