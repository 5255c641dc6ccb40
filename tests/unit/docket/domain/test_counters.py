import pytest

from docket.domain.counters import Counters
from docket.domain.document import DocumentStatus
from tests.make import a_document, a_read_document, a_reading_document


@pytest.mark.parametrize(
    ("document", "in_progress", "readable", "charged_pages"),
    [
        (a_document(), 1, 0, 0),
        (a_reading_document(), 1, 0, 0),
        (a_read_document(pages=3), 0, 1, 3),
        (a_read_document(pages=3, status=DocumentStatus.READING), 1, 1, 3),
        (a_document(status=DocumentStatus.UNREADABLE), 0, 0, 0),
    ],
)
def test_a_document_adds_to_the_counters(document, in_progress, readable, charged_pages):
    assert Counters.of(document) == Counters(
        documents=1, in_progress=in_progress, readable=readable, charged_pages=charged_pages
    )


def test_counters_are_added_and_subtracted():
    both = Counters.of(a_document()) + Counters.of(a_read_document())

    assert both.documents == 2
    assert both - Counters.of(a_read_document()) == Counters.of(a_document())
    assert Counters.of(None) == Counters()
