from dataclasses import replace

import pytest

from docket.domain.duplicates import charged_again, paid_before
from docket.domain.orders.document import DocumentStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.transition import TransitionRefused
from tests.make import a_read_document

ELSEWHERE = DuplicateOf(order_id="earlier", document_id="earlier-1")
CHARGED = a_read_document(pages=2)
FREE = a_read_document(pages=2, charged_pages=0, duplicate_of=ELSEWHERE)


def test_a_document_that_is_paid_for_by_now_costs_nothing():
    free = paid_before(CHARGED, 1, ELSEWHERE)

    assert (free.charged_pages, free.page_count, free.duplicate_of) == (0, 2, ELSEWHERE)


def test_a_free_document_names_another_one_that_is_paid_for():
    other = DuplicateOf(order_id="later", document_id="later-1")

    assert paid_before(FREE, 1, other) == replace(FREE, duplicate_of=other)


@pytest.mark.parametrize(
    ("document", "attempt"),
    [
        (CHARGED, 2),
        (FREE, 1),
        (a_read_document(charged_pages=0), 1),
        (a_read_document(status=DocumentStatus.READING, attempt=2), 1),
        (a_read_document(id=ELSEWHERE.document_id), 1),
    ],
    ids=["another reading", "free before", "nothing to charge", "being read again", "itself"],
)
def test_what_is_not_charged_or_is_not_what_was_paid_for_stays(document, attempt):
    with pytest.raises(TransitionRefused):
        paid_before(document, attempt, ELSEWHERE)


def test_a_document_whose_payment_was_returned_costs_what_was_read_of_it():
    assert charged_again(FREE, 1, 2) == CHARGED


@pytest.mark.parametrize(
    ("document", "attempt", "pages"),
    [
        (FREE, 2, 2),
        (CHARGED, 1, 2),
        (a_read_document(charged_pages=0), 1, 1),
        (a_read_document(status=DocumentStatus.READING, attempt=2, duplicate_of=ELSEWHERE), 1, 2),
        (FREE, 1, 0),
    ],
    ids=["another reading", "charged", "no duplicate", "being read again", "unknown pages"],
)
def test_what_is_charged_or_is_no_duplicate_stays(document, attempt, pages):
    with pytest.raises(TransitionRefused):
        charged_again(document, attempt, pages)
