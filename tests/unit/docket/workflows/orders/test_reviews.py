"""A review is finished although facts of closed documents are left: they are not shown any more."""

import pytest

from docket.domain.errors import ReviewIncomplete
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.table import client
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.orders.reviews import finish
from tests.make import OID, OTHER_OID, a_payment, a_read_document, an_audit_context, an_order
from tests.table_state import event_names, get_order, save

pytestmark = pytest.mark.usefixtures("table")

ELSEWHERE = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
PAID = Content(user_id="ada", sha256="ab", paid=ELSEWHERE)
REVIEWED = a_read_document("a.pdf", doubtful=2, reviewed=2)
FREE = a_read_document("b.pdf", duplicate_of=ELSEWHERE, charged_pages=0, doubtful=3, reviewed=1)


def save_paid(*documents):
    save(an_order(*documents, status=OrderStatus.COMPLETED, payment=a_payment()), *documents)
    for document in documents:
        analysis = Analysis(document_id=document.id, attempt=1, facts={"facts": []}, hashes=("ab",))
        client.write(analyses.put_analysis(OID, analysis))


def test_facts_of_a_closed_document_need_no_review():
    contents.record_paid(PAID)
    save_paid(REVIEWED, FREE)
    with pytest.raises(ReviewIncomplete):
        finish("ada", OID, an_audit_context())

    contents.remove(PAID)
    finish("ada", OID, an_audit_context())

    assert get_order().review
    assert event_names() == ["review_finished"]


def test_facts_of_open_documents_need_a_review_beside_closed_ones():
    save_paid(FREE, a_read_document("c.pdf", doubtful=1, reviewed=0))

    with pytest.raises(ReviewIncomplete):
        finish("ada", OID, an_audit_context())

    assert get_order().review is None
