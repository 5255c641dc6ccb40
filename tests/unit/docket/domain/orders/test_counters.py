from dataclasses import replace

import pytest

from docket.domain.orders.counters import Counters
from docket.domain.orders.document import DocumentStatus
from tests.make import a_document, a_read_document, a_reading_document


@pytest.mark.parametrize(
    ("document", "counters"),
    [
        (a_document(), Counters(awaiting_upload=1, in_progress=1)),
        (a_reading_document(), Counters(in_progress=1)),
        (a_read_document(pages=3), Counters(readable=1, charged_pages=3)),
        (
            a_read_document(pages=3, status=DocumentStatus.READING),
            Counters(in_progress=1, readable=1, charged_pages=3),
        ),
        (a_document(status=DocumentStatus.UNREADABLE), Counters(unreadable=1)),
    ],
)
def test_a_document_adds_to_the_counters(document, counters):
    assert Counters.of(document) == replace(counters, documents=1)


def test_each_document_is_in_one_of_four_states():
    documents = [
        a_document(),
        a_reading_document(),
        a_reading_document(),
        a_read_document(status=DocumentStatus.READING),
        a_read_document(),
        a_document(status=DocumentStatus.UNREADABLE),
    ]

    counted = sum((Counters.of(document) for document in documents), Counters())

    states = (counted.awaiting_upload, counted.reading, counted.ready, counted.unreadable)
    assert states == (1, 3, 1, 1)


def test_counters_are_added_and_subtracted():
    both = Counters.of(a_document()) + Counters.of(a_read_document())

    assert both.documents == 2
    assert both - Counters.of(a_read_document()) == Counters.of(a_document())
    assert Counters.of(None) == Counters()
