from dataclasses import replace

import pytest

from docket.domain.payments.pricing import DuplicateOf
from docket.table import client
from docket.table.documents import documents
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders import paid_contents
from tests.make import OID, OTHER_OID, a_read_document, an_audit_context, an_order
from tests.table_state import event_names, get_order, save

pytestmark = pytest.mark.usefixtures("table")

THIRD_OID = "01JD0000000000000000000002"
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


@pytest.mark.parametrize("beside", [[CHARGED], []], ids=["another is charged", "all are free"])
def test_a_free_document_names_what_is_paid_for_after_a_refund(beside):
    other = DuplicateOf(order_id=THIRD_OID, document_id=f"{THIRD_OID}-1")
    contents.record_paid(PAID, replace(PAID, paid=other))
    save(an_order(*beside, FREE), *beside, FREE)
    analysis = Analysis(document_id=FREE.id, attempt=1, facts={}, hashes=("words",))
    client.write(analyses.put_analysis(OID, replace(analysis, readable_pages=1)))
    before = get_order()
    contents.remove(PAID)

    after = paid_contents.requote("ada", OID, an_audit_context())

    (free,) = documents.by_ids(OID, [FREE.id])
    assert (free.duplicate_of, free.charged_pages) == (other, 0)
    assert (after.revision, after.counters) == (before.revision, before.counters)
    assert event_names() == []
