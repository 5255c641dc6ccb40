import pytest

from docket.domain.document import DocumentStatus
from docket.domain.errors import AnalysisNotFound, NothingToRead
from docket.domain.order import AnalysisStatus, OrderStatus
from docket.domain.reason import Reason
from docket.table import analyses, client, events, orders
from docket.table.analyses import Analysis
from docket.workflows import analysis as analysis_workflow
from tests.make import (
    OID,
    THEN,
    a_document,
    a_read_document,
    an_audit_context,
    an_event,
    an_order,
)

pytestmark = pytest.mark.usefixtures("service")

GROSS = {
    "name": "gross",
    "value": "250 €",
    "normalised": {"minor": 25000, "currency": "eur"},
    "page": 0,
    "box": [0.1, 0.2, 0.3, 0.4],
    "confidence": 0.9,
    "source": "text",
}
AUDIT = an_audit_context()


def save(*documents_, **fields):
    orders.create_order(an_order(documents=documents_, **fields), an_event("opened"))


def save_facts(document, **fields):
    facts = {"facts": [GROSS], "reader_version": "1", **fields}
    analysis = Analysis(document_id=document.id, version="v1", facts=facts)
    client.write(analyses.put_analysis(OID, analysis))


def get_order():
    return orders.get("ada", OID)


def request(details=None):
    return analysis_workflow.request(get_order(), AUDIT, details=details)


def test_a_request_is_recorded_once_with_the_customers_note():
    save(a_read_document())

    order = request("for the tax office")
    request()

    assert order.analysed_at == get_order().analysed_at == THEN
    requests = [event for event in events.of_order(OID) if event.name == "analysis_requested"]
    assert [event.facts for event in requests] == [{"details": "for the tax office"}]


def test_the_customers_note_is_not_in_the_analysis():
    save(a_read_document(), status=OrderStatus.COMPLETED)
    save_facts(a_read_document())

    order = request("gross: 1,000,000 EUR")

    assert "1,000,000" not in analysis_workflow.view(order).model_dump_json()


def test_an_order_without_uploads_cannot_be_analysed():
    save(a_document())

    with pytest.raises(NothingToRead):
        request()

    assert get_order().analysed_at is None


def test_a_retriable_document_is_read_again(queue):
    failed = a_document(status=DocumentStatus.UNREADABLE, retriable=True, version="v1")
    locked = a_document("locked.pdf", status=DocumentStatus.UNREADABLE, version="v1")
    save(failed, locked)

    order = request()

    assert order.document(failed.id).status is DocumentStatus.READING
    assert order.document(locked.id).status is DocumentStatus.UNREADABLE
    assert get_order().document(failed.id).status is DocumentStatus.READING
    (message,) = queue.receive_all()
    assert message["Records"][0]["s3"]["object"]["key"] == f"uploads/ada/{failed.id}"
    assert order.analysis_status is AnalysisStatus.READING


def test_a_document_of_an_older_reader_is_read_again_in_a_paid_order(queue):
    old = a_read_document(reader_version="0")
    save(old, a_read_document("new.pdf"), status=OrderStatus.COMPLETED)

    request()

    assert [document.id for document in get_order().documents_in_progress] == [old.id]
    assert len(queue.receive_all()) == 1


def test_a_document_in_progress_is_not_requested_twice(queue):
    save(a_read_document(reader_version="0"))

    request()
    request()

    assert len(queue.receive_all()) == 1


def test_documents_of_a_cancelled_order_are_not_read_again(queue):
    save(a_read_document(reader_version="0"), status=OrderStatus.CANCELLED)

    request()

    assert queue.receive_all() == []


def test_there_is_no_analysis_before_a_request():
    save(a_read_document())

    with pytest.raises(AnalysisNotFound):
        analysis_workflow.view(get_order())


def test_the_preview_describes_documents_without_facts():
    read = a_read_document(kind="invoice", headline="Holzwerk Brandt")
    locked = a_document(
        "locked.pdf", status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )
    save(read, locked, analysed_at=THEN)
    save_facts(read)

    view = analysis_workflow.view(get_order())

    assert (view.status, view.result.preview) == (AnalysisStatus.PREVIEW, True)
    (document_view,) = view.result.documents
    assert (document_view.kind, document_view.headline, document_view.page_count) == (
        "invoice",
        "Holzwerk Brandt",
        1,
    )
    assert (document_view.facts, view.result.totals, view.result.timeline) == ([], [], [])
    assert "25000" not in view.model_dump_json()
    assert [document.code for document in view.result.unreadable] == ["password_protected"]


def test_a_paid_analysis_has_all_facts_with_pages_from_one():
    read = a_read_document()
    save(read, status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(read)

    view = analysis_workflow.view(get_order())

    assert (view.status, view.result.preview) == (AnalysisStatus.COMPLETED, False)
    (document_view,) = view.result.documents
    (fact,) = document_view.facts
    assert (fact.page, fact.box, fact.confidence) == (1, (0.1, 0.2, 0.3, 0.4), 0.9)
    (total,) = view.result.totals
    assert (total.amount, total.currency, total.documents) == (25000, "eur", 1)


def test_files_with_the_same_bytes_are_duplicates_and_count_once():
    same = "ab" * 32
    first, second = (a_read_document(name, sha256=same) for name in ("a.pdf", "b.pdf"))
    save(first, second, status=OrderStatus.COMPLETED, analysed_at=THEN)
    for document in (first, second):
        save_facts(document)

    result = analysis_workflow.view(get_order()).result

    assert [total.documents for total in result.totals] == [1]
    (duplicate,) = result.duplicates
    assert (set(duplicate.document_ids), duplicate.because) == ({first.id, second.id}, "same_bytes")


def test_facts_of_a_removed_document_are_not_shown():
    save(a_read_document(), status=OrderStatus.COMPLETED, analysed_at=THEN)
    save_facts(a_read_document())
    save_facts(a_document("removed.pdf"))

    result = analysis_workflow.view(get_order()).result

    assert [document.document_id for document in result.documents] == [a_read_document().id]
    assert [total.documents for total in result.totals] == [1]
