from datetime import timedelta

import pytest

from docket.domain.errors import OrderNotFound, ReviewIncomplete
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.table.documents import readings
from docket.table.orders import reviews
from tests.make import (
    LIMITS,
    OID,
    THEN,
    a_payment,
    a_read_document,
    an_audit_context,
    an_event,
    an_order,
)
from tests.table_state import event_names, get_order, interrupted, save

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
REVIEW = FinishedReview(finished_at=LATER, user_id="ada")
OLD = a_read_document("a.pdf", doubtful=1, reviewed=1, reader_version="1")


@pytest.fixture(autouse=True)
def _paid(table):
    save(an_order(OLD, status=OrderStatus.COMPLETED, payment=a_payment()), OLD)


def finish():
    return reviews.finish(OID, REVIEW, an_event("review_finished", at=LATER))


def read_again():
    audit = an_audit_context(at=LATER)
    readings.read_again("ada", OID, [OLD.id], audit, reader_version="2", limits=LIMITS)


def test_a_finished_review_is_stored_and_opened_again():
    assert finish() == get_order()
    assert get_order().review == REVIEW

    open_again = reviews.reopen("ada", OID, an_event("review_reopened", at=LATER))

    assert (open_again, open_again.review) == (get_order(), None)


def test_reading_a_document_again_opens_the_review():
    finish()

    read_again()

    assert get_order().review is None


def test_a_review_is_not_finished_beside_a_document_that_is_read_again():
    with interrupted(read_again), pytest.raises(ReviewIncomplete):
        finish()

    assert event_names() == ["reading_repeated"]


def test_a_document_that_is_read_again_meanwhile_opens_the_review():
    with interrupted(finish):
        read_again()

    assert get_order().review is None


def test_another_customers_order_is_not_found():
    with pytest.raises(OrderNotFound):
        reviews.reopen("eve", OID, an_event("review_reopened"))
