from datetime import timedelta

import pytest

from docket.domain.errors import AnalysisNotFound, NothingToRead
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.order_analysis import (
    AnalysisStatus,
    available_since,
    require_analysable,
    require_available,
    status_of,
)
from tests.make import THEN, a_document, a_read_document, a_reading_document, an_order

LATER = THEN + timedelta(hours=1)
READ = a_read_document()


def test_the_analysis_is_a_preview_until_the_order_is_paid():
    assert status_of(an_order(READ)) is AnalysisStatus.PREVIEW
    assert status_of(an_order(READ, a_document("b.pdf"))) is AnalysisStatus.PREVIEW
    assert status_of(an_order(READ, a_reading_document("b.pdf"))) is AnalysisStatus.READING
    assert status_of(an_order(READ, status=OrderStatus.COMPLETED)) is AnalysisStatus.COMPLETED


def test_an_analysis_needs_an_uploaded_document():
    for documents in ([], [a_document()]):
        with pytest.raises(NothingToRead):
            require_analysable(an_order(*documents))
    require_analysable(an_order(a_document(), READ))


def test_an_analysis_is_available_once_requested_or_as_soon_as_a_document_was_read():
    assert available_since(an_order(a_document(), analysed_at=LATER)) == LATER
    assert require_available(an_order(READ, read_at=THEN)) == THEN
    assert available_since(an_order(READ, read_at=THEN, analysed_at=LATER)) == LATER


@pytest.mark.parametrize("order", [an_order(a_document()), an_order(read_at=THEN)])
def test_without_a_readable_document_or_a_request_there_is_no_analysis(order):
    with pytest.raises(AnalysisNotFound):
        require_available(order)
