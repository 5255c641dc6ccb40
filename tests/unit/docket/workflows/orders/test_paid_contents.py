import pytest

from docket.domain.payments.pricing import DuplicateOf
from docket.table import client
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import paid_contents
from tests.make import OID, OTHER_OID, a_read_document, an_order
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("table")

ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
CHARGED = a_read_document()
FREE = a_read_document("free.pdf", charged_pages=0, duplicate_of=ELSEWHERE)
ORDER = an_order(CHARGED, FREE)
PAID = Content(user_id="ada", sha256="words", paid=ELSEWHERE)


def closed(*read):
    """What is closed if these documents were read."""
    save(ORDER, CHARGED, FREE)
    for document in read:
        analysis = Analysis(document_id=document.id, attempt=1, facts={}, hashes=("bytes", "words"))
        client.write(analyses.put_analysis(OID, analysis))
    return paid_contents.closed(ORDER, [CHARGED, FREE])


def test_a_free_document_is_open_if_one_of_its_hashes_is_paid_for():
    contents.record_paid(PAID)

    assert closed(CHARGED, FREE) == frozenset()


def test_only_a_free_document_is_closed_when_nothing_is_paid_for():
    assert closed(CHARGED, FREE) == {FREE.id}


def test_a_document_that_was_not_read_is_neither():
    assert closed(CHARGED) == frozenset()
