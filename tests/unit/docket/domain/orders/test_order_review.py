from datetime import timedelta

import pytest

from docket.domain.errors import NotPaid, ReviewIncomplete
from docket.domain.orders.counters import Counters
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.order_review import finished, reopened
from tests.make import THEN, a_read_document, a_reading_document, an_order

READ = a_read_document(doubtful=2, reviewed=2)
LATER = THEN + timedelta(hours=1)
REVIEW = FinishedReview(finished_at=LATER, user_id="ada")


def completed(*documents):
    return an_order(*documents, status=OrderStatus.COMPLETED)


def test_a_review_is_finished_once_every_doubtful_fact_is_reviewed():
    order = finished(completed(READ), REVIEW)

    assert (order.review, order.updated_at, order.version) == (REVIEW, LATER, 2)
    with pytest.raises(ReviewIncomplete):
        finished(completed(a_read_document(doubtful=2, reviewed=1)), REVIEW)
    with pytest.raises(ReviewIncomplete):
        finished(completed(READ, a_reading_document("b.pdf")), REVIEW)
    with pytest.raises(NotPaid):
        finished(an_order(READ), REVIEW)


def test_a_change_of_a_document_opens_a_finished_review():
    order = finished(completed(READ), REVIEW)

    assert order.counted(Counters(), at=LATER, moves_quote=False).review is None
    assert reopened(order, LATER).review is None
